namespace FinConsole.Web.Hosting.Security;

/// <summary>A form that was not accepted for its token, and is shown again with what was typed into it.</summary>
public static class StaleForm
{
    private static readonly object Key = new();

    /// <summary>Whether this request shows a form again.</summary>
    public static bool IsShown(HttpContext http) => http.Items.ContainsKey(Key);

    /// <summary>What was typed into a field; null where nothing was, or no form is shown again.</summary>
    public static string? ValueOf(HttpContext http, string field) =>
        http.Items.TryGetValue(Key, out var form) ? ((IFormCollection)form!)[field].ToString() : null;

    /// <summary>Turns the post into a visit of the form's page, with status 400: nothing of the post is carried out.</summary>
    internal static void ShowAgain(HttpContext http, IFormCollection form)
    {
        http.Items[Key] = form;
        http.Request.Method = HttpMethods.Get;
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
    }
}
