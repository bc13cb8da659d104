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

    /// <summary>Of what is left without repetitions and runs, in Unicode code points.</summary>
    private const int ShortestCore = 8;

    private const int LowestScore = 3;

    private static readonly Zxcvbn.Zxcvbn Estimator = new();

    // zxcvbn's time grows steeply with length; what comes after this many characters only makes a password better.
    private const int ScoredLength = 64;
    private const int LeftWithoutOwnWords = 8;

    public static PasswordStrength Evaluate(Secret password, PasswordOwner owner)
    {
        var text = password.Reveal();
        if (text.Length > Longest * 2)
            return new PasswordStrength(0, TooLong, []);

        var words = OwnWords(owner);
        var result = Score(text, words);
        var folded = PasswordCore.Fold(text);
        // Its own words are measured apart: they must not be what is left, but they may stand beside enough that is.
        var core = PasswordCore.Of(folded, []);
        var coreScore = core.Length == folded.Length ? result.Score : Score(core, words).Score;
        var score = LengthOf(core) < ShortestCore ? Math.Min(coreScore, LowestScore - 1) : Math.Min(result.Score, coreScore);
        var length = LengthOf(text);
        var shortest = owner.HasMfa ? ShortestWithMfa : ShortestAlone;
        var refusal = length switch
        {
            _ when !UnicodeText.IsWellFormed(text) || text.Contains(UnicodeText.Replacement) => PasswordRuleTexts.NotCharacters,
            > Longest => TooLong,
            _ when length < shortest => Texts.Format(PasswordRuleTexts.TooShort, shortest),
            _ when IsBuiltFrom(folded, words) => PasswordRuleTexts.OwnWords,
            _ when IsCommon(text, result) => PasswordRuleTexts.Common,
            _ when result.Score < LowestScore => PasswordRuleTexts.Weak,
            _ when score < LowestScore => PasswordRuleTexts.Repetitive,
            _ => null,
        };
        return new PasswordStrength(score, refusal, score > LowestScore ? [] : Advise(result));
    }

    private static string TooLong => Texts.Format(PasswordRuleTexts.TooLong, Longest);

    private static Zxcvbn.Result Score(string text, List<string> words) =>
        Estimator.EvaluatePassword(text.Length <= ScoredLength ? text : text[..ScoredLength], words);

    private static int LengthOf(string text) => text.EnumerateRunes().Count();

    private static List<string> OwnWords(PasswordOwner owner) =>
    [
        .. PasswordCore.Fold($"{owner.Name} {owner.Email} {owner.Tenant} FinConsole")
            .Split([' ', '@', '.', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length >= 3).Distinct(),
    ];

    private static bool IsBuiltFrom(string folded, List<string> words)
    {
        if (!words.Exists(word => folded.Contains(word, StringComparison.Ordinal)))
            return false;
        var rest = PasswordCore.Of(folded, words);
        return LengthOf(rest) < LeftWithoutOwnWords || Score(rest, words).Score < LowestScore;
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
