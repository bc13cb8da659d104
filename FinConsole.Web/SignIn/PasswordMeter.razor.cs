using FinConsole.Core.SignIn.Passwords;
using Microsoft.AspNetCore.Components;

namespace FinConsole.Web.SignIn;

/// <summary>Shows a <see cref="PasswordStrength"/> as four steps and words; read out to those who do not see it.</summary>
public sealed partial class PasswordMeter
{
    private const int Steps = 4;

    [Parameter, EditorRequired]
    public PasswordStrength? Strength { get; set; }

    // A refused password never looks good, however high its score.
    private int Lit => Strength!.Refusal is null ? Strength.Score : Math.Clamp(Strength.Score, 1, 2);

    private string Word => Lit switch
    {
        >= Steps => PasswordTexts.Strong,
        3 => PasswordTexts.Good,
        2 => PasswordTexts.Weak,
        _ => PasswordTexts.VeryWeak,
    };

    private IEnumerable<string> Lines => Strength!.Refusal is { } refusal ? Strength.Advice.Prepend(refusal) : Strength.Advice;
}
