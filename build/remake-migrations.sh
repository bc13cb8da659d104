#!/usr/bin/env bash
# Deletes and remakes the Initial migration of all three providers from today's model. For use before the first release alone:
# afterwards a change of the model is a further migration, since databases exist that were made by the earlier ones.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet tool restore >/dev/null
for provider in Sqlite SqlServer PostgreSql; do
    rm -rf "FinConsole.Core/Data/$provider/Migrations"
done
dotnet build FinConsole.Core -v q -clp:ErrorsOnly
for provider in Sqlite SqlServer PostgreSql; do
    folder="Data/$provider/Migrations"
    dotnet ef migrations add Initial --no-build --project FinConsole.Core --startup-project FinConsole.Core \
        --context "${provider}ConsoleDbContext" --output-dir "$folder" --namespace "FinConsole.Core.Data.Migrations.$provider"
    # The snapshot goes by its namespace, not by the folder asked for.
    find FinConsole.Core/FinConsole -name "${provider}*ModelSnapshot.cs" -exec mv {} "FinConsole.Core/$folder/" \;
    # The append-only triggers on AuditEntries: the last thing that Up does, the first that Down undoes.
    migration=$(ls "FinConsole.Core/$folder"/*_Initial.cs)
    awk -v triggers="            Data.$provider.${provider}AuditTriggers" '
        /protected override void Up/ { inUp = 1 }
        inUp && /^        }/ { print ""; print triggers ".Create(migrationBuilder);"; inUp = 0 }
        { print }
        /protected override void Down/ { inDown = 1 }
        inDown && /^        {/ { print triggers ".Drop(migrationBuilder);"; print ""; inDown = 0 }' "$migration" >"$migration.tmp"
    mv "$migration.tmp" "$migration"
    grep -q "${provider}AuditTriggers.Create" "$migration"
    grep -q "${provider}AuditTriggers.Drop" "$migration"
done
find FinConsole.Core/FinConsole -type d -empty -delete 2>/dev/null || true
dotnet build FinConsole.Core -v q -clp:ErrorsOnly
for provider in Sqlite SqlServer PostgreSql; do
    dotnet ef migrations has-pending-model-changes --no-build --project FinConsole.Core --startup-project FinConsole.Core \
        --context "${provider}ConsoleDbContext"
done
