namespace FinConsole.Core.Demo;

/// <summary>Section <c>Demo</c>: example tenants for trying the console out. Development only; production refuses to start with it.</summary>
public sealed class DemoOptions
{
    public const string Section = "Demo";

    public bool Enabled { get; set; }

    /// <summary>The password of every account in the demo; must satisfy the password rules.</summary>
    public string? Password { get; set; }
}
