using FinConsole.Core.Common;
using Zxcvbn.Matcher;

namespace FinConsole.Core.SignIn.Passwords;

/// <summary>How good a password is, for the meter, and why it is refused, if it is.</summary>
/// <param name="Score">zxcvbn's, 0 (guessed at once) to 4 (very unlikely to be guessed).</param>
/// <param name="Refusal">Why it may not be used; null when it may.</param>
/// <param name="Advice">What would make it better; empty when nothing needs to.</param>
public sealed record PasswordStrength(int Score, string? Refusal, IReadOnlyList<string> Advice);

/// <summary>Whose password it is: words that it must not be built from.</summary>
public sealed record PasswordOwner(string Name, string Email, string Tenant, bool HasMfa);

/// <summary>
/// NIST SP 800-63B-4 §3.1.1.2: length instead of composition rules, any Unicode character, a list of common passwords, and
/// nothing that is built from what everybody knows about the account.
/// </summary>
public static class PasswordRules
{
    /// <summary>In Unicode code points.</summary>
    public const int ShortestAlone = 15;

    /// <summary>Where a second factor stands beside it.</summary>
    public const int ShortestWithMfa = 8;

    public const int Longest = 128;

    private const int LowestScore = 3;

    private static readonly Zxcvbn.Zxcvbn Estimator = new();


    // zxcvbn's time grows steeply with length; what comes after this many characters only makes a password better.
    private const int ScoredLength = 64;
    private const int LeftWithoutOwnWords = 8;

    public static PasswordStrength Judge(Secret password, PasswordOwner owner)
    {
        var text = password.Reveal();
        if (text.Length > Longest * 2)
            return new PasswordStrength(0, TooLong, []);

        var words = OwnWords(owner);
        var result = Estimator.EvaluatePassword(text.Length <= ScoredLength ? text : text[..ScoredLength], words);
        var length = text.EnumerateRunes().Count();
        var shortest = owner.HasMfa ? ShortestWithMfa : ShortestAlone;
        var refusal = length switch
        {
            > Longest => TooLong,
            _ when length < shortest => Texts.Format(PasswordRuleTexts.TooShort, shortest),
            _ when IsBuiltFrom(text, words) => PasswordRuleTexts.OwnWords,
            _ when IsCommon(text, result) => PasswordRuleTexts.Common,
            _ when result.Score < LowestScore => PasswordRuleTexts.Weak,
            _ => null,
        };
        return new PasswordStrength(result.Score, refusal, result.Score > LowestScore ? [] : Advise(result));
    }

    private static string TooLong => Texts.Format(PasswordRuleTexts.TooLong, Longest);

    private static List<string> OwnWords(PasswordOwner owner) =>
    [
        .. $"{owner.Name} {owner.Email} {owner.Tenant} FinConsole".ToLowerInvariant()
            .Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 3).Distinct(),
    ];

    private static bool IsBuiltFrom(string text, List<string> words)
    {
        var rest = words.OrderByDescending(word => word.Length).Aggregate(text.ToLowerInvariant(), (left, word) => left.Replace(word, "", StringComparison.Ordinal));
        return rest.Length < text.Length && rest.Length < LeftWithoutOwnWords;
    }

    private static bool IsCommon(string text, Zxcvbn.Result result) =>
        result.MatchSequence.OfType<DictionaryMatch>().Any(match => match.DictionaryName == "passwords" && match.Token.Length == text.Length);

    // What the guesses began with, the easiest first.
    private static List<string> Advise(Zxcvbn.Result result) =>
    [
        .. result.MatchSequence.OrderBy(match => match.Entropy).Select(match => match.Pattern switch
        {
            "dictionary" when match is DictionaryMatch { DictionaryName: "passwords" } => PasswordRuleTexts.AvoidCommon,
            "dictionary" => PasswordRuleTexts.AvoidWords,
            "spatial" => PasswordRuleTexts.AvoidKeyRows,
            "repeat" => PasswordRuleTexts.AvoidRepeats,
            "sequence" => PasswordRuleTexts.AvoidSequences,
            "date" or "year" => PasswordRuleTexts.AvoidDates,
            _ => PasswordRuleTexts.AddWords,
        }).Distinct().Take(2),
    ];
}
