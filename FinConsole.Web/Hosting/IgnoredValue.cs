namespace FinConsole.Web.Hosting;

/// <summary>A value of a page's address that the page does not understand: it shows so, rather than a list that looks filtered and is not.</summary>
/// <param name="Name">As in the address.</param>
/// <param name="Value">As in the address.</param>
public sealed record IgnoredValue(string Name, string Value);
