using FinConsole.Core.LoginHistory.RiskRules;
using Xunit;
using static FinConsole.Tests.LoginHistory.RiskRules.Samples;

namespace FinConsole.Tests.LoginHistory.RiskRules;

public sealed class NewIpTests
{
    private readonly NewIp _rule = new();

    [Fact]
    public void Flags_an_address_that_no_sign_in_of_the_account_has_shown() =>
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt, With(account => account with { KnowsIp = false })).Finding);

    [Fact]
    public void Passes_a_known_address() => Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt, Past));

    [Fact]
    public void Judges_private_addresses_too() =>
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt with { Ip = "10.0.0.9", Country = null }, With(account => account with { KnowsIp = false })).Finding);

    [Fact]
    public void Cannot_tell_without_an_address_of_an_unknown_account_or_before_five_sign_ins()
    {
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Ip = null }, Past));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, Nobody));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, With(account => account with { SignIns = 4, KnowsIp = false })));
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt, With(account => account with { SignIns = 5, KnowsIp = false })).Finding);
    }
}

public sealed class NewNetworkTests
{
    private readonly NewNetwork _rule = new();

    [Fact]
    public void Flags_a_network_that_no_sign_in_of_the_account_has_shown() =>
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt, With(account => account with { KnowsNetwork = false })).Finding);

    [Fact]
    public void Passes_a_new_address_in_a_known_network() => Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt, With(account => account with { KnowsIp = false })));

    [Fact]
    public void Cannot_tell_without_an_address_of_an_unknown_account_or_before_five_sign_ins()
    {
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Network = null }, Past));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, Nobody));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, With(account => account with { SignIns = 4, KnowsNetwork = false })));
    }
}

public sealed class NewDeviceTests
{
    private readonly NewDevice _rule = new();

    [Fact]
    public void Flags_a_device_that_no_sign_in_of_the_account_has_shown() =>
        Assert.Equal(RuleFinding.Flagged, _rule.Evaluate(Attempt, With(account => account with { KnowsDevice = false })).Finding);

    [Fact]
    public void Passes_a_known_device() => Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt, Past));

    [Fact]
    public void Cannot_tell_of_a_nameless_device_of_an_unknown_account_or_before_five_sign_ins()
    {
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Device = null }, Past));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, Nobody));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt, With(account => account with { SignIns = 4, KnowsDevice = false })));
    }
}

public sealed class NewCountryTests
{
    private readonly NewCountry _rule = new();

    [Fact]
    public void Flags_a_country_that_no_sign_in_of_the_account_came_from() => Assert.Equal(RuleResult.Flagged("BR"), _rule.Evaluate(Attempt with { Country = "BR" }, Past));

    [Fact]
    public void Passes_a_country_that_was_seen_however_long_ago() =>
        Assert.Equal(RuleResult.Clear, _rule.Evaluate(Attempt with { Country = "BR" }, With(account => account with { Countries = [Seen("DE", 40, 300, 1), Seen("BR", 1, 380, 380)] })));

    [Fact]
    public void Cannot_tell_where_no_country_is_known_or_of_an_unknown_account()
    {
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Country = null }, Past));
        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Country = "BR" }, Nobody));
    }

    [Fact]
    public void Cannot_tell_before_five_sign_ins_whose_country_was_known()
    {
        var homeOffice = With(account => account with { SignIns = 40, Countries = [Seen("DE", 4, 300, 1)] });

        Assert.Equal(RuleResult.CannotTell, _rule.Evaluate(Attempt with { Country = "BR" }, homeOffice));
    }
}
