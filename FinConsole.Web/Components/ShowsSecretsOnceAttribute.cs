namespace FinConsole.Web.Components;

/// <summary>On pages with a show-once dialog: they do not prerender, so that no secret can end up in a page's source.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ShowsSecretsOnceAttribute : Attribute;
