using System.Reflection;
using FinConsole.Core.ApiTokens;
using FinConsole.Core.ApiTokens.Listing;
using FinConsole.Core.Common;
using FinConsole.Core.EncryptionKeys.Decryption;
using FinConsole.Core.LoginHistory;
using FinConsole.Core.Members;
using FinConsole.Core.Policies;
using FinConsole.Core.SignIn.AccessTokens;
using FinConsole.Core.Team;
using FinConsole.Core.Usage.Reports;
using FinConsole.Web.Hosting.Api;
using FinConsole.Web.Hosting.Exports;
using Xunit;

namespace FinConsole.Tests.Hosting.Api;

/// <summary>
/// What other people's programs read of enums, written down once more: a renamed member changes nothing out there, and a new one without a
/// word fails here. These never change.
/// </summary>
public sealed class EnumValueTests
{
    private static readonly Dictionary<Type, string> Golden = new()
    {
        [typeof(TokenEnvironment)] = "Development=development Staging=staging Production=production",
        [typeof(TokenExpiry)] = "Hours24=24h Month1=1m Months3=3m Months6=6m Year1=1y",
        [typeof(TokenOverlap)] = "None=0 Hour1=1h Hours24=24h Days7=7d",
        [typeof(InvalidationReason)] = "Compromised=compromised NoLongerNeeded=no_longer_needed MemberLeft=member_left Other=other",
        [typeof(TokenStatus)] = "Invalidated=invalidated Retired=retired Void=void Expired=expired Disabled=disabled Pending=pending Rotating=rotating Expiring=expiring Active=active",
        [typeof(TokenSort)] = "Newest=newest Name=name ExpiresSoonest=expiressoonest",
        [typeof(LoginOutcome)] =
            "Success=success WrongPassword=wrong-password UnknownAccount=unknown-account Locked=locked Deactivated=deactivated MfaRequired=mfa-required MfaPassed=mfa-passed "
            + "MfaFailed=mfa-failed RecoveryCodeUsed=recovery-code-used SignedOut=signed-out WrongRole=wrong-role ResetRequired=reset-required RetiredToken=retired-token "
            + "SessionOver=session-over RefreshReused=refresh-reused Undecryptable=undecryptable Unencrypted=unencrypted",
        [typeof(SignInChannel)] = "Console=console Api=api CashierCheck=cashier-check Refresh=refresh StepUp=step-up",
        [typeof(RiskLevel)] = "None=none Low=low Medium=medium High=high",
        [typeof(LoginMark)] = "ThisWasMe=this-was-me NotMe=not-me",
        [typeof(RiskReasons)] =
            "NewIp=new-ip NewNetwork=new-network NewCountry=new-country ImpossibleTravel=impossible-travel NewDevice=new-device UnusualHour=unusual-hour "
            + "FailuresBefore=failures-before ManyAccountsFromOneIp=many-accounts-from-one-ip RepeatedMfaFailures=repeated-mfa-failures RetiredTokenUsed=retired-token-used",
        [typeof(Role)] = "TenantAdmin=tenantadmin Developer=developer SecurityReviewer=securityreviewer Cashier=cashier",
        [typeof(MemberStatus)] = "Active=active Deactivated=deactivated WithoutMfa=withoutmfa",
        [typeof(MemberSort)] = "Name=name Newest=newest LastSignIn=lastsignin",
        [typeof(UsageUnit)] = "Hour=hour Day=day",
        [typeof(PlaintextFlaw)] = "NotUtf8=not_utf8 ContainsNul=contains_nul ByteOrderMark=byte_order_mark LineBreak=line_break",
        [typeof(CiphertextForm)] =
            "Base64Url=base64url Hex=hex Pem=pem DataUrl=data_url Quoted=quoted PercentEncoded=percent_encoded SpacesForPlus=spaces_for_plus "
            + "Base64Twice=base64_twice ByteList=byte_list Jwe=jwe JavaArray=java_array PublicKey=public_key",
    };

    [Fact]
    public void Every_table_of_words_holds_every_member_under_the_word_that_it_always_had()
    {
        var tables = typeof(EnumValues<>).Assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.FieldType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(EnumValues<>)).ToList();

        foreach (var table in tables.Where(table => table.FieldType.GetGenericArguments()[0] != typeof(FieldFailure)))
        {
            var type = table.FieldType.GetGenericArguments()[0];
            var members = Enum.GetValues(type).Cast<object>().Where(member => !(type == typeof(RiskReasons) && (RiskReasons)member == RiskReasons.None));
            Assert.True(Golden.ContainsKey(type), $"The words of {type.Name} stand in no golden table.");
            Assert.Equal(
                Golden[type].Split(' ').Order(StringComparer.Ordinal),
                members.Select(member => $"{member}={table.FieldType.GetMethod("Of")!.Invoke(table.GetValue(null), [member])}").Order(StringComparer.Ordinal));
        }

        Assert.Superset(Golden.Keys.ToHashSet(), tables.Select(table => table.FieldType.GetGenericArguments()[0]).ToHashSet());
    }

    [Fact]
    public void What_the_description_of_a_field_names_of_an_enum_is_all_of_it()
    {
        var assembly = typeof(EnumValues<>).Assembly;
        var tables = assembly.GetTypes().SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static))
            .Where(field => field.FieldType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(EnumValues<>))
            .Select(field => ((IEnumerable<string>)field.FieldType.GetProperty("All")!.GetValue(field.GetValue(null))!).ToHashSet()).ToList();
        var described = assembly.GetTypes()
            .SelectMany(type => type.GetProperties().Cast<ICustomAttributeProvider>().Concat(type.GetMethods((BindingFlags)(-1)).SelectMany(method => method.GetParameters())))
            .SelectMany(place => place.GetCustomAttributes(typeof(OneOfAttribute), inherit: false).Cast<OneOfAttribute>().Select(words => (Place: place, words.Words)))
            .Where(each => each.Words.Count > 1).ToList();

        Assert.True(described.Count > 10, "The descriptions of fields were not found.");
        foreach (var (place, words) in described)
        {
            if (tables.Where(table => table.IsSupersetOf(words)).MinBy(table => table.Count) is { } table)
                Assert.True(table.SetEquals(words), $"{place} lacks {string.Join(", ", table.Except(words))}.");
        }
    }

    [Fact]
    public void Roles_of_access_tokens_and_formats_of_exports_have_the_words_that_they_always_had()
    {
        Assert.Equal(
            ["TenantAdmin=admin", "Developer=developer", "SecurityReviewer=reviewer", "Cashier=cashier"], Enum.GetValues<Role>().Select(role => $"{role}={AccessTokenClaims.WordOf(role)}"));
        Assert.Equal(["Csv=csv", "Ndjson=ndjson"], Enum.GetValues<ExportFormat>().Select(format => $"{format}={format.Word()}"));
    }
}
