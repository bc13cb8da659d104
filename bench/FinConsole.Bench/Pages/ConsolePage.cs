namespace FinConsole.Bench.Pages;

/// <param name="Name">In the report.</param>
/// <param name="Url">Where it stands.</param>
/// <param name="Shows">What is there once it has its data.</param>
/// <param name="Click">What is clicked.</param>
/// <param name="Effect">Script that is true when the click was handled; <c>was</c> is the counter's text before it.</param>
/// <param name="Undo">What is clicked to bring it back; null where each click changes something again.</param>
internal sealed record ConsolePage(string Name, string Url, string Shows, string Click, string Effect, string? Undo)
{
    /// <summary>The page alone, without what is clicked.</summary>
    public string Title => Name.Split(':')[0];

    public static readonly ConsolePage Template = new(
        "the template's counter: count", "/counter", "button.btn-primary", "button.btn-primary", "document.querySelector('p[role=status]').textContent !== was", null);

    public static readonly ConsolePage Overview = new(
        "overview: go to a day of the chart", "/", "[data-testid=usage-chart]", "[data-testid=usage-chart] .bars button", "location.pathname !== '/'", null);

    public static readonly ConsolePage Audit = new(
        "audit log: open an entry", "/security/audit", "[data-testid=audit-histogram] .bars", "[data-testid=audit-row] button", "document.querySelector('[role=dialog] [data-testid=audit-detail]')", "[role=dialog] .mud-button-close");

    public static readonly ConsolePage Logins = new(
        "login history: open an attempt", "/security/logins", "[data-testid=login-row]", "[data-testid=login-row] button", "document.querySelector('[role=dialog]')", "[role=dialog] .mud-button-close");

    public static readonly ConsolePage Tokens = new(
        "tokens: open a dialog", "/settings/api-connections/tokens", "[data-testid=token-row]", ".fc-head .mud-button-outlined", "document.querySelector('[role=dialog] #identify-token')", "[role=dialog] .mud-dialog-actions .mud-button-outlined");
}
