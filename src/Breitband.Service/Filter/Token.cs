using System.Text;

namespace Breitband.Service.Filter;

enum TokenKind { Word, QuotedWord, Text, Number, Symbol, End }

/// <summary>A word, literal or sign of a filter, and where it stands, counted from 1.</summary>
readonly record struct Token(TokenKind Kind, string Text, int At)
{
    /// <summary>A keyword, in any case; a quoted word never is one.</summary>
    public bool Is(string keyword) => Kind is TokenKind.Word && Text.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind is TokenKind.Symbol && Text == symbol;
}

/// <summary>Cuts the text of a filter into tokens.</summary>
static class Tokens
{
    static readonly string[] Symbols = ["<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "%", "^"];

    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "", at + 1));
                return tokens;
            }
            var (kind, length, value) = text[at] switch
            {
                '\'' => Quoted(text, at, '\'', TokenKind.Text),
                '"' => Quoted(text, at, '"', TokenKind.QuotedWord),
                var c when char.IsAsciiDigit(c) || c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) => Number(text, at),
                var c when char.IsLetter(c) || c is '_' or ':' => Word(text, at),
                _ => Symbol(text, at),
            };
            tokens.Add(new(kind, value, at + 1));
            at += length;
        }
    }

    static (TokenKind, int, string) Word(string text, int from)
    {
        var to = from + 1;
        while (to < text.Length && (char.IsLetterOrDigit(text[to]) || text[to] is '_' or ':' or '.'))
            to++;
        return (TokenKind.Word, to - from, text[from..to]);
    }

    static (TokenKind, int, string) Number(string text, int from)
    {
        var to = from;
        while (to < text.Length && (char.IsAsciiDigit(text[to]) || text[to] == '.'))
            to++;
        if (to < text.Length && text[to] is 'e' or 'E')
        {
            var digits = to + 1 < text.Length && text[to + 1] is '+' or '-' ? to + 2 : to + 1;
            if (digits < text.Length && char.IsAsciiDigit(text[digits]))
                for (to = digits; to < text.Length && char.IsAsciiDigit(text[to]);)
                    to++;
        }
        return (TokenKind.Number, to - from, text[from..to]);
    }

    /// <summary>The quote itself is written twice, in a text also behind a backslash. Other backslashes stand for themselves.</summary>
    static (TokenKind, int, string) Quoted(string text, int from, char quote, TokenKind kind)
    {
        var (value, to) = (new StringBuilder(), from + 1);
        for (; to < text.Length; to++)
        {
            var escaped = to + 1 < text.Length && text[to + 1] == quote && (text[to] == quote || text[to] == '\\' && quote == '\'');
            if (text[to] == quote && !escaped)
                return (kind, to + 1 - from, value.ToString());
            to += escaped ? 1 : 0;
            value.Append(text[to]);
        }
        throw Cql2.Wrong(from + 1, $"das {quote} wird nicht geschlossen", $"the {quote} is not closed");
    }

    static (TokenKind, int, string) Symbol(string text, int from)
    {
        var symbol = Array.Find(Symbols, s => text.AsSpan(from).StartsWith(s, StringComparison.Ordinal))
            ?? throw Cql2.Wrong(from + 1, $"mit „{text[from]}“ ist nichts anzufangen", $"\"{text[from]}\" means nothing here");
        return (TokenKind.Symbol, symbol.Length, symbol);
    }
}
