#!/usr/bin/env bash
# .NET's TimeZoneInfo.IsAmbiguousTime answers false for hours that the clocks of some zones show twice: where the zone's data has winter time as the
# exception (Europe/Dublin, Africa/Casablanca) and where standard time itself changed (Asia/Almaty, 1 March 2024). GetUtcOffset of an instant is right
# for all of them. Code that asks IsAmbiguousTime before it turns a local time into an instant loses half of such an hour.
# Exits with 1 when this has changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > probe.csproj <<'X'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings></PropertyGroup>
</Project>
X
cat > probe.cs <<'X'
Console.WriteLine($".NET {Environment.Version}");
var changed = 0;
foreach (var (id, change, ambiguous) in new[]
{
    ("Europe/Berlin", "2026-10-25T01:00:00Z", true), ("America/Havana", "2026-11-01T05:00:00Z", true),
    ("Europe/Dublin", "2026-10-25T01:00:00Z", false), ("Africa/Casablanca", "2026-02-15T02:00:00Z", false), ("Asia/Almaty", "2024-02-29T18:00:00Z", false),
})
{
    var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
    var at = DateTimeOffset.Parse(change);
    var shown = TimeZoneInfo.ConvertTime(at, zone).DateTime;
    var before = TimeZoneInfo.ConvertTime(at - (zone.GetUtcOffset(at.AddTicks(-1)) - zone.GetUtcOffset(at)), zone).DateTime;
    var says = zone.IsAmbiguousTime(shown);
    Console.WriteLine($"{id,-18} {shown:yyyy-MM-dd HH:mm} is shown twice: {shown == before}; IsAmbiguousTime: {says}");
    if (shown != before || says != ambiguous)
        changed = 1;
}
return changed;
X
dotnet run --nologo -v q
