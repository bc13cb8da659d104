using Xunit;

namespace FinConsole.Tests.Fixtures;

/// <summary>Texts that break programs. Every field that a person or program fills in must take each of them and answer, not throw.</summary>
public static class NaughtyStrings
{
    /// <summary>The 66 code points that are no characters and never will be (The Unicode Standard, 23.7).</summary>
    public static readonly IReadOnlyList<string> Noncharacters =
    [
        .. Enumerable.Range(0xFDD0, 0x20).Concat(Enumerable.Range(0, 17).SelectMany(plane => new[] { (plane << 16) | 0xFFFE, (plane << 16) | 0xFFFF })).Select(char.ConvertFromUtf32),
    ];

    /// <summary>By name, so that test reports stay readable.</summary>
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        ["empty"] = "",
        ["blank"] = " \t ",
        ["one character"] = "x",
        ["NUL"] = "\0",
        ["NUL inside"] = "ann\0other@acme.example",
        ["line break"] = "Ann\r\nBcc: everybody@acme.example",
        ["right-to-left override"] = "ann\u202e\u0065lpmaxe@acme.example",
        ["byte order mark"] = "\ufeffAnn",
        ["combining marks"] = "Z\u0351\u036b\u0343\u036aa\u0327l\u0322g\u031bo\u0321",
        ["half a character"] = "ann\ud83d@acme.example",
        ["other half"] = "\udc69",
        ["halves in the wrong order"] = "ann\udc69\ud83d@acme.example",
        ["not a character"] = "ann\ufffe@acme.example",
        ["all noncharacters"] = string.Concat(Noncharacters),
        ["emoji family"] = "👩‍👩‍👧‍👦@acme.example",
        ["quotes"] = "'; DROP TABLE \"Members\"; --",
        ["markup"] = "<script>alert(1)</script>",
        ["format"] = "{0} %s %n ${jndi:ldap://x}",
        ["path"] = "../../../../etc/passwd",
        ["one megabyte"] = new string('x', 1024 * 1024),
        ["one megabyte of address"] = new string('x', 1024 * 1024) + "@acme.example",
        ["one megabyte of digits"] = new string('1', 1024 * 1024),
        ["one megabyte of marks"] = "e" + new string('\u0301', 1024 * 1024),
    };

    public static TheoryData<string> Names => [.. All.Keys];
}
