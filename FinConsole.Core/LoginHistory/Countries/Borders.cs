using System.Collections.Frozen;

namespace FinConsole.Core.LoginHistory.Countries;

/// <summary>
/// Which countries somebody crosses between by road or rail: land borders, and the fixed links that people take every day
/// (the Channel Tunnel, the Øresund bridge, the causeways to Singapore and Bahrain, the bridge between Hong Kong and Macao).
/// </summary>
public static class Borders
{
    private const string Table =
        """
        AD:ES FR; AE:OM SA; AF:CN IR PK TJ TM UZ; AL:GR ME MK XK; AM:AZ GE IR TR; AO:CD CG NA ZM; AR:BO BR CL PY UY; AT:CH CZ DE HU IT LI SI SK
        AZ:AM GE IR RU TR; BA:HR ME RS; BD:IN MM; BE:DE FR LU NL; BF:BJ CI GH ML NE TG; BG:GR MK RO RS TR; BH:SA; BI:CD RW TZ; BJ:BF NE NG TG; BN:MY
        BO:AR BR CL PE PY; BR:AR BO CO GF GY PE PY SR UY VE; BT:CN IN; BW:NA ZA ZM ZW; BY:LT LV PL RU UA; BZ:GT MX; CA:US
        CD:AO BI CF CG RW SS TZ UG ZM; CF:CD CG CM SD SS TD; CG:AO CD CF CM GA; CH:AT DE FR IT LI; CI:BF GH GN LR ML; CL:AR BO PE
        CM:CF CG GA GQ NG TD; CN:AF BT HK IN KG KP KZ LA MM MN MO NP PK RU TJ VN; CO:BR EC PA PE VE; CR:NI PA; CZ:AT DE PL SK
        DE:AT BE CH CZ DK FR LU NL PL; DJ:ER ET SO; DK:DE SE; DO:HT; DZ:EH LY MA ML MR NE TN; EC:CO PE; EE:FI LV RU; EG:IL LY PS SD; EH:DZ MA MR
        ER:DJ ET SD; ES:AD FR GI MA PT; ET:DJ ER KE SD SO SS; FI:EE NO RU SE; FR:AD BE CH DE ES GB IT LU MC; GA:CG CM GQ; GB:FR IE; GE:AM AZ RU TR
        GF:BR SR; GH:BF CI TG; GI:ES; GM:SN; GN:CI GW LR ML SL SN; GQ:CM GA; GR:AL BG MK TR; GT:BZ HN MX SV; GW:GN SN; GY:BR SR VE; HK:CN MO
        HN:GT NI SV; HR:BA HU ME RS SI; HT:DO; HU:AT HR RO RS SI SK UA; ID:MY PG TL; IE:GB; IL:EG JO LB PS SY; IN:BD BT CN MM NP PK
        IQ:IR JO KW SA SY TR; IR:AF AM AZ IQ PK TM TR; IT:AT CH FR SI SM VA; JO:IL IQ PS SA SY; KE:ET SO SS TZ UG; KG:CN KZ TJ UZ; KH:LA TH VN
        KP:CN KR RU; KR:KP; KW:IQ SA; KZ:CN KG RU TM UZ; LA:CN KH MM TH VN; LB:IL SY; LI:AT CH; LR:CI GN SL; LS:ZA; LT:BY LV PL RU; LU:BE DE FR
        LV:BY EE LT RU; LY:DZ EG NE SD TD TN; MA:DZ EH ES; MC:FR; MD:RO UA; ME:AL BA HR RS XK; MF:SX; MK:AL BG GR RS XK; ML:BF CI DZ GN MR NE SN
        MM:BD CN IN LA TH; MN:CN RU; MO:CN HK; MR:DZ EH ML SN; MW:MZ TZ ZM; MX:BZ GT US; MY:BN ID SG TH; MZ:MW SZ TZ ZA ZM ZW; NA:AO BW ZA ZM
        NE:BF BJ DZ LY ML NG TD; NG:BJ CM NE TD; NI:CR HN; NL:BE DE; NO:FI RU SE; NP:CN IN; OM:AE SA YE; PA:CO CR; PE:BO BR CL CO EC; PG:ID
        PK:AF CN IN IR; PL:BY CZ DE LT RU SK UA; PS:EG IL JO; PT:ES; PY:AR BO BR; QA:SA; RO:BG HU MD RS UA; RS:BA BG HR HU ME MK RO XK
        RU:AZ BY CN EE FI GE KP KZ LT LV MN NO PL UA; RW:BI CD TZ UG; SA:AE BH IQ JO KW OM QA YE; SD:CF EG ER ET LY SS TD; SE:DK FI NO; SG:MY
        SI:AT HR HU IT; SK:AT CZ HU PL UA; SL:GN LR; SM:IT; SN:GM GN GW ML MR; SO:DJ ET KE; SR:BR GF GY; SS:CD CF ET KE SD UG; SV:GT HN; SX:MF
        SY:IL IQ JO LB TR; SZ:MZ ZA; TD:CF CM LY NE NG SD; TG:BF BJ GH; TH:KH LA MM MY; TJ:AF CN KG UZ; TL:ID; TM:AF IR KZ UZ; TN:DZ LY
        TR:AM AZ BG GE GR IQ IR SY; TZ:BI CD KE MW MZ RW UG ZM; UA:BY HU MD PL RO RU SK; UG:CD KE RW SS TZ; US:CA MX; UY:AR BR; UZ:AF KG KZ TJ TM
        VA:IT; VE:BR CO GY; VN:CN KH LA; XK:AL ME MK RS; YE:OM SA; ZA:BW LS MZ NA SZ ZW; ZM:AO BW CD MW MZ NA TZ ZW; ZW:BW MZ ZA ZM
        """;

    internal static readonly FrozenDictionary<string, FrozenSet<string>> Neighbours = Table
        .Split([';', '\n'], StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':'))
        .ToFrozenDictionary(parts => parts[0], parts => parts[1].Split(' ').ToFrozenSet(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>Whether two countries touch; one touches itself. Codes in two capital letters.</summary>
    public static bool Touch(string a, string b) => a == b || (Neighbours.TryGetValue(a, out var touching) && touching.Contains(b));
}
