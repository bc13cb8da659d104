#!/usr/bin/env bash
# Makes, or makes anew, the newest migration of all three providers from today's model: build/remake-migration.sh NAME. Making
# anew is for a migration that no landed commit holds: once a database may have been made by it, the next change is a further one.
set -euo pipefail
cd "$(dirname "$0")/.."
name=$1
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer PostgreSql; do
    folder="FinConsole.Core/Data/$provider/Migrations"
    rm -f "$folder"/*_"$name".cs "$folder"/*_"$name".Designer.cs
    # The snapshot as the migration before this one left it: its designer file holds the same model under another class.
    before=$(ls "$folder"/*.Designer.cs | sort | tail -1)
    snapshot="$folder/${provider}ConsoleDbContextModelSnapshot.cs"
    sed -e '/^using Microsoft.EntityFrameworkCore.Migrations;/d' -e '/\[Migration(/d' \
        -e "s/partial class [A-Za-z0-9_]*/partial class ${provider}ConsoleDbContextModelSnapshot : ModelSnapshot/" \
        -e 's/protected override void BuildTargetModel/protected override void BuildModel/' -e '/<inheritdoc/d' "$before" >"$snapshot"
done
dotnet build FinConsole.Core -v q -clp:ErrorsOnly
for provider in Sqlite SqlServer PostgreSql; do
    folder="Data/$provider/Migrations"
    dotnet ef migrations add "$name" --no-build --project FinConsole.Core --startup-project FinConsole.Core \
        --context "${provider}ConsoleDbContext" --output-dir "$folder" --namespace "FinConsole.Core.Data.Migrations.$provider"
    # The snapshot goes by its namespace, not by the folder asked for.
    find FinConsole.Core/FinConsole -name "${provider}*ModelSnapshot.cs" -exec mv {} "FinConsole.Core/$folder/" \; 2>/dev/null || true
done
find FinConsole.Core/FinConsole -type d -empty -delete 2>/dev/null || true
dotnet build FinConsole.Core -v q -clp:ErrorsOnly
for provider in Sqlite SqlServer PostgreSql; do
    dotnet ef migrations has-pending-model-changes --no-build --project FinConsole.Core --startup-project FinConsole.Core \
        --context "${provider}ConsoleDbContext"
done
