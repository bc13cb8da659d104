#!/usr/bin/env bash
# Microsoft.Extensions.TimeProvider.Testing 10.11.0 (NuGet): FakeTimeProvider.Advance sets the clock to its end before it runs any timer. A timer
# of one second fires ten times during Advance(10 s), as one would expect, but each time GetUtcNow() says the tenth second: code that
# notes when it ran, or that plans its next run from now, behaves as it never would on a real clock. Steps of one period avoid it.
# Needs the .NET SDK. Exits 1 when this changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
cat >finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.Extensions.TimeProvider.Testing" Version="10.11.0" /></ItemGroup>
</Project>
XML
cat >Program.cs <<'CS'
using Microsoft.Extensions.Time.Testing;

var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
var (inOneMove, inSteps) = (Seconds(time => time.Advance(TimeSpan.FromSeconds(10))), Seconds(time =>
{
    for (var step = 0; step < 10; step++)
        time.Advance(TimeSpan.FromSeconds(1));
}));
Console.WriteLine($"seconds that a timer of one second saw: in one move of ten {string.Join(' ', inOneMove)}; in ten moves of one {string.Join(' ', inSteps)}");
return inOneMove.SequenceEqual(Enumerable.Repeat(10, 10)) && inSteps.SequenceEqual(Enumerable.Range(1, 10)) ? 0 : 1;

List<int> Seconds(Action<FakeTimeProvider> move)
{
    var (time, seen) = (new FakeTimeProvider(start), new List<int>());
    using var timer = time.CreateTimer(_ => seen.Add((int)(time.GetUtcNow() - start).TotalSeconds), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    move(time);
    return seen;
}
CS
echo "Microsoft.Extensions.TimeProvider.Testing 10.11.0, .NET $(dotnet --version)"
dotnet build -c Release -v q -clp:ErrorsOnly >/dev/null
dotnet bin/Release/net10.0/finding.dll || { echo "This changed."; exit 1; }
