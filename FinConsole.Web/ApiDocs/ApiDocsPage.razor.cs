namespace FinConsole.Web.ApiDocs;

/// <summary>The API's reference, from its OpenAPI document: static, searchable, and complete without any other host.</summary>
public sealed partial class ApiDocsPage(ApiReference reference)
{
    private IReadOnlyList<DocumentedGroup> _groups = [];

    protected override async Task OnInitializedAsync() => _groups = await reference.GroupsAsync();
}
