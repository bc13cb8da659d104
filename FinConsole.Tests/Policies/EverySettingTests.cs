using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json.Nodes;
using Bunit;
using FinConsole.Core.Policies;
using FinConsole.Tests.EncryptionKeys;
using FinConsole.Tests.Fixtures;
using FinConsole.Tests.Mfa;
using FinConsole.Web.Policies;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace FinConsole.Tests.Policies;

/// <summary>Every setting that a policy has, found by reflection and changed alone: none is forgotten by the page, the log or the database.</summary>
public abstract class EverySettingTests(CoreHost core)
{
    // Fourteen figures and switches, and ten weights.
    private const int Settings = 24;

    [Fact]
    public async Task Is_kept_and_logged_as_one_change()
    {
        var tenant = await core.NewTenantWithKeyAsync();
        // Who requires a second factor has one.
        await core.EnrolAsync(tenant.Admin, tenant.Admin.Actor);
        foreach (var (name, changed) in ChangedAlone())
        {
            var entries = await core.AuditOfAsync(tenant.Id, async () => await SaveAsync(tenant, changed));

            var changes = JsonNode.Parse(Assert.Single(entries).Metadata)!["changes"]!.AsObject();
            Assert.True(changes.Count == 1, $"{name}: {changes.ToJsonString()}");
            Assert.Equal(changed, (await ReadAsync(tenant)).Settings);
            await SaveAsync(tenant, PolicySettings.Default);
        }
    }

    private async Task<PolicyView> ReadAsync(TestTenant tenant) => (await core.Get<GetPolicy>().HandleAsync(tenant.Admin.Actor, Stop)).Value!;

    private async Task SaveAsync(TestTenant tenant, PolicySettings settings)
    {
        var saved = await core.Get<UpdatePolicy>().HandleAsync(settings, (await ReadAsync(tenant)).Version, tenant.Admin.Actor, Stop);
        Assert.True(saved.Succeeded, saved.Error?.ToString());
    }

    private static IReadOnlyList<(string Name, PolicySettings Changed)> ChangedAlone()
    {
        List<(string, PolicySettings)> all = [.. Leaves(PolicySettings.Default).Select(leaf => (leaf.Name, (PolicySettings)leaf.Changed))];
        Assert.True(all.Count >= Settings, $"{all.Count} settings");
        return all;
    }

    private static IEnumerable<(string Name, object Changed)> Leaves(object record)
    {
        foreach (var property in record.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(each => each.CanWrite))
        {
            IEnumerable<(string Name, object Changed)> values = property.GetValue(record) switch
            {
                bool on => [("", !on)],
                int figure => [("", figure + 1)],
                ImmutableSortedDictionary<RiskReasons, int> weights => weights.Select(pair => ($".{pair.Key}", (object)weights.SetItem(pair.Key, pair.Value + 1))),
                { } part => Leaves(part).Select(leaf => ($".{leaf.Name}", leaf.Changed)),
                null => throw new InvalidOperationException($"{property.Name} is nothing."),
            };
            foreach (var (name, value) in values)
                yield return (property.Name + name, With(record, property, value));
        }
    }

    private static object With(object record, PropertyInfo property, object value)
    {
        var copy = typeof(object).GetMethod("MemberwiseClone", BindingFlags.NonPublic | BindingFlags.Instance)!.Invoke(record, null)!;
        property.SetValue(copy, value);
        return copy;
    }

    public sealed class OnSqlite(SqliteCore core) : EverySettingTests(core), IClassFixture<SqliteCore>
    {
        [Fact]
        public async Task Is_one_change_on_the_page_which_can_be_discarded()
        {
            await using var console = new BrowserlessConsole(core, (await core.NewTenantAsync()).Admin);
            foreach (var (name, changed) in ChangedAlone())
            {
                var form = new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1));
                form.Choose(changed);

                var bar = console.Render<CascadingValue<PolicyForm>>(parameters => parameters.Add(value => value.Value, form).AddChildContent<SaveBar>());

                Assert.True(form.Changed, name);
                Assert.Equal("1 change", bar.Find("[data-testid=policy-changes] .fc-strong").TextContent);
                Assert.Equal(["Discard", "Save changes"], bar.FindAll("button").Select(button => button.TextContent.Trim()));
                Assert.Null(bar.Find("button[type=submit]").GetAttribute("aria-disabled"));
            }
        }

        [Fact]
        public void Survives_somebody_elses_change_and_is_reset_with_its_section()
        {
            var all = ChangedAlone();
            foreach (var (name, changed) in all)
            {
                var form = new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1));
                form.Choose(changed);
                Assert.True(form.Chosen == changed, name);

                foreach (var (_, theirs) in all.Where(each => each.Name != name))
                {
                    var mine = new PolicyForm(new PolicyView(PolicySettings.Default, 0, 0, 1));
                    mine.Choose(changed);
                    mine.Rebase(new PolicyView(theirs, 1, 0, 1));
                    Assert.Single(mine.Changes);
                    mine.Rebase(new PolicyView(changed, 2, 0, 1));
                    Assert.Empty(mine.Changes);
                }

                form.Reset(Assert.Single(Enum.GetValues<PolicyPart>(), part => !form.IsDefault(part)));
                Assert.Equal(PolicySettings.Default, form.Chosen);
            }
        }
    }

    public sealed class OnPostgreSql(PostgreSqlCore core) : EverySettingTests(core), IClassFixture<PostgreSqlCore>;
}
