#pragma warning disable IDE0051, IDE0052, IDE0060, CS0169, CS0649
using FinConsole.Tests.Architecture.Samples.Above;

namespace FinConsole.Tests.Architecture.Samples.Below;

// Each class breaks the rule once, in the way that its name says.
public class AQualifiedName
{
    public int Run() => FinConsole.Tests.Architecture.Samples.Above.Upper.Make();
}

public class AGenericArgument
{
    public List<Dictionary<string, Upper>>? All { get; init; }
}

public class AGenericMethodArgument
{
    public object Run() => Array.Empty<Upper>();
}

[Upper]
public class AnAttribute;

public class AnAttributeOfAParameter
{
    public void Run([Upper] int number)
    {
    }
}

public class ALambda
{
    public Func<int> Run() => () => Upper.Make();
}

public class AClosure
{
    public Func<int> Run(int number) => () => number + Upper.Make();
}

public class AnAsyncLambda
{
    public Func<Task<int>> Run() => async () =>
    {
        await Task.Yield();
        return Upper.Make();
    };
}

public class AnAsyncMethod
{
    public async Task<int> RunAsync()
    {
        await Task.Yield();
        return Upper.Make();
    }
}

public class AnIterator
{
    public IEnumerable<int> Run()
    {
        yield return Upper.Make();
    }
}

public class ALocalFunction
{
    public int Run()
    {
        return Make();

        static int Make() => Upper.Make();
    }
}

public class ABaseClass : Upper;

public class AField
{
    private readonly Upper? _upper;
}

public class AParameter
{
    public void Run(Upper upper)
    {
    }
}

public class ATypeOf
{
    public Type Run() => typeof(Upper);
}

public class APattern
{
    public int Run(object value) => value switch
    {
        Upper => 1,
        _ => 2,
    };
}

public class ALocalVariable
{
    public string Run()
    {
        UpperValue value = default;
        return value.ToString();
    }
}

public class AStaticField
{
    public string Run() => Upper.Name;
}

public class AnExtensionMethod
{
    public int Run() => 3.Twice();
}

public class ACatchClause
{
    public void Run()
    {
        try
        {
            Console.Out.Flush();
        }
        catch (UpperException)
        {
        }
    }
}

public class AConstraint<T>
    where T : Upper;
