#!/usr/bin/env bash
# MudBlazor 9.12: a dialog with CloseOnNavigation, which is the default, closes on every change of the address: also where only the query
# changes, as a search on the page beneath does when the pause after typing ends. What was typed into the dialog is gone. It stays for
# a change of the query only with CloseOnNavigation = false, and then also when the page is left.
# Needs the .NET 10 SDK. Exits 1 when this changes.
set -euo pipefail
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat >app.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk.Razor">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <FrameworkReference Include="Microsoft.AspNetCore.App" />
    <PackageReference Include="bunit" Version="2.15.2" />
    <PackageReference Include="MudBlazor" Version="9.12.0" />
  </ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

await TryAsync("default", new DialogOptions());
await TryAsync("false", new DialogOptions { CloseOnNavigation = false });

static async Task TryAsync(string name, DialogOptions options)
{
    await using var context = new BunitContext();
    context.JSInterop.Mode = JSRuntimeMode.Loose;
    context.Services.AddMudServices();
    var navigation = context.Services.GetRequiredService<NavigationManager>();
    navigation.NavigateTo("tokens");
    context.Render<MudPopoverProvider>();
    var provider = context.Render<MudDialogProvider>();
    var dialogs = context.Services.GetRequiredService<IDialogService>();
    await provider.InvokeAsync(() => dialogs.ShowAsync<MudMessageBox>("open", options));
    int Open() => provider.FindAll(".mud-dialog").Count;
    var before = Open();
    await provider.InvokeAsync(() => navigation.NavigateTo("tokens?q=ledger"));
    var searched = Open();
    await provider.InvokeAsync(() => navigation.NavigateTo("audit"));
    Console.WriteLine($"{name}: open {before}, after a search {searched}, on another page {Open()}");
}
CS
dotnet run -v q | tee seen
grep -qx 'default: open 1, after a search 0, on another page 0' seen && grep -qx 'false: open 1, after a search 1, on another page 1' seen
