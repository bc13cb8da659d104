using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.Components.Lists;

/// <param name="Id">Of its element, alike for the same row in every drawing.</param>
/// <param name="Html">One element with that id, made by EncodedHtml: without a line break.</param>
public sealed record DrawnRow(string Id, MarkupString Html);
