namespace FinConsole.Core.Common;

/// <summary>CRC-32 as IEEE 802.3 defines it (reflected polynomial 0xEDB88320), over ASCII text.</summary>
public static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<char> ascii)
    {
        var crc = uint.MaxValue;
        foreach (var character in ascii)
            crc = (crc >> 8) ^ Table[(byte)(crc ^ character)];
        return ~crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var entry = i;
            for (var bit = 0; bit < 8; bit++)
                entry = (entry & 1) == 1 ? (entry >> 1) ^ 0xEDB88320u : entry >> 1;
            table[i] = entry;
        }

        return table;
    }
}
