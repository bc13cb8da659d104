#!/usr/bin/env bash
# Deque.AxeCore.Playwright 4.14.0 (NuGet) with Microsoft.Playwright 1.64.1: each RunAxe() opens a blank page in a new context of the browser, also
# for a page without frames, which needs nothing summed up. One would expect a call into the page under test. A suite that checks each page pays
# for a context and a page each time, and whoever counts the browser's targets sees some that nobody opened.
# Needs the .NET SDK and Debian's chromium or chromium-headless-shell. Exits 1 when this changes.
set -euo pipefail
browser=$(command -v chromium-headless-shell || command -v chromium) || { echo "Install chromium-headless-shell." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 BROWSER_PROGRAM="$browser"
cat >finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup>
    <PackageReference Include="Microsoft.Playwright" Version="1.64.1" />
    <PackageReference Include="Deque.AxeCore.Playwright" Version="4.14.0" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

using var playwright = await Playwright.CreateAsync();
await using var browser = await playwright.Chromium.LaunchAsync(new()
{
    ExecutablePath = Environment.GetEnvironmentVariable("BROWSER_PROGRAM"),
    Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
var page = await browser.NewPageAsync();
await page.SetContentAsync("<!doctype html><html lang=en><title>One page</title><main><h1>No frames</h1></main>");
var opened = 0;
var session = await browser.NewBrowserCDPSessionAsync();
session.Event("Target.targetCreated").OnEvent += (_, made) => opened += made?.GetProperty("targetInfo").GetProperty("type").GetString() == "page" ? 1 : 0;
await session.SendAsync("Target.setDiscoverTargets", new() { ["discover"] = true });
await Task.Delay(500);
opened = 0;
for (var check = 0; check < 3; check++)
    await page.RunAxe();
await Task.Delay(500);
Console.WriteLine($"three checks of one page without frames opened {opened} pages; of them in its own context: {page.Context.Pages.Count - 1}");
return opened == 3 ? 0 : 1;
CS
echo "Deque.AxeCore.Playwright 4.14.0, Microsoft.Playwright 1.64.1, $("$browser" --version 2>/dev/null | head -n 1)"
dotnet build -c Release -v q -clp:ErrorsOnly >/dev/null
dotnet bin/Release/net10.0/finding.dll || { echo "This changed."; exit 1; }
