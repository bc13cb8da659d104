#!/usr/bin/env bash
# Razor of the .NET 10 SDK (10.0.401): HTML allows white space before the ">" of an end tag, and </td> broken there is the usual way to have
# no blank between cells. Razor takes it so inside a code block (@foreach, @if); at the top of a component the ">" becomes a text of its own,
# without a warning. A Razor comment across the line break leaves nothing in either place.
# Needs the .NET 10 SDK. Exits 1 when this changes.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >app.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Web">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <RootNamespace>App</RootNamespace>
    <NoWarn>ASP0000</NoWarn>
  </PropertyGroup>
</Project>
XML
cat >Top.razor <<'RAZOR'
<tr><td>@("a")</td
    ><td>@("b")</td></tr>
RAZOR
cat >Block.razor <<'RAZOR'
@if (DateTime.MinValue < DateTime.MaxValue)
{
    <tr><td>@("a")</td
        ><td>@("b")</td></tr>
}
RAZOR
cat >Comment.razor <<'RAZOR'
<tr><td>@("a")</td>@*
    *@<td>@("b")</td></tr>
RAZOR
cat >Program.cs <<'CS'
using App;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;

await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
Console.WriteLine($"top: {await DrawAsync<Top>()}");
Console.WriteLine($"block: {await DrawAsync<Block>()}");
Console.WriteLine($"comment: {await DrawAsync<Comment>()}");

Task<string> DrawAsync<T>()
    where T : IComponent => renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<T>()).ToHtmlString().Trim());
CS
dotnet --version
dotnet run -v q | tee seen
grep -qx 'top: <tr><td>a</td>' seen && grep -qx ' *><td>b</td></tr>' seen && grep -qx 'block: <tr><td>a</td><td>b</td></tr>' seen && grep -qx 'comment: <tr><td>a</td><td>b</td></tr>' seen
