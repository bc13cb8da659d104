using System.Globalization;
using FinConsole.Web.Hosting.Api;

namespace FinConsole.Web.ApiDocs;

/// <summary>A code that responses may have.</summary>
/// <param name="Code">The code.</param>
/// <param name="Statuses">One as a rule.</param>
/// <param name="Meanings">What it says; several where operations say different things with it.</param>
public sealed record DocumentedError(string Code, IReadOnlyList<string> Statuses, IReadOnlyList<DocumentedMeaning> Meanings);

/// <summary>A text of a code, and the operations that have it; none for what stands at no operation, such as a path that does not exist.</summary>
public sealed record DocumentedMeaning(string Text, IReadOnlyList<DocumentedOperation> Operations);

/// <summary>Every code that an operation can send, with its text there, and the two that paths send which have no operation.</summary>
public static class ErrorCatalogue
{
    private static readonly ApiProblem[] Elsewhere = [ApiProblem.NoSuchRoute, ApiProblem.WrongMethod];

    public static IReadOnlyList<DocumentedError> Of(IEnumerable<DocumentedGroup> groups)
    {
        var sent =
            from operation in groups.SelectMany(each => each.Operations)
            from answer in operation.Responses
            from refusal in answer.Refusals
            select (refusal.Code, answer.Status, refusal.Text, Operation: (DocumentedOperation?)operation);
        var all = sent.Concat(Elsewhere.Select(problem => (problem.Code, Status: problem.Status.ToString(CultureInfo.InvariantCulture), Text: problem.Title, Operation: (DocumentedOperation?)null)));
        return
        [
            .. from each in all
               group each by each.Code into same
               let statuses = same.Select(each => each.Status).Distinct().Order(StringComparer.Ordinal).ToList()
               orderby statuses[0], same.Key
               select new DocumentedError(
                   same.Key, statuses, [.. same.GroupBy(each => each.Text).Select(text => new DocumentedMeaning(text.Key, [.. text.Select(each => each.Operation).OfType<DocumentedOperation>().Distinct()]))]),
        ];
    }
}
