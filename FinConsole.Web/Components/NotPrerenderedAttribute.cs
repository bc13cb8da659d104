namespace FinConsole.Web.Components;

/// <summary>
/// On pages that begin with their circuit: those with a show-once dialog, so that no secret can end up in a page's source, and
/// those with a form, so that nothing typed early is lost when the page comes to life.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotPrerenderedAttribute : Attribute;
