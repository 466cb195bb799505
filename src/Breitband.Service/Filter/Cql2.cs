using System.Globalization;

namespace Breitband.Service.Filter;

/// <summary>
/// CQL2 text (OGC 21-065r2): logic, comparison, BETWEEN, IN, LIKE, IS NULL, CASEI, arithmetic, spatial relations. A recursive descent in which
/// brackets hold any expression; that both sides fit is checked as the tree grows.
/// </summary>
sealed class Cql2
{
    /// <summary>Deeper brackets are nobody's question; each level costs stack.</summary>
    const int MaxDepth = 50;

    readonly List<Token> tokens;
    readonly IReadOnlyList<Field> fields;
    readonly GeometryText geometry;
    int at, depth;

    Cql2(string text, IReadOnlyList<Field> fields, CrsUri crs)
    {
        (tokens, this.fields) = (Tokens.Of(text), fields);
        geometry = new(crs, Take, Expect);
    }

    /// <param name="crs">The system geometries in the text are written in.</param>
    /// <exception cref="BreitbandException">WrongUse: what is wrong and where it stands.</exception>
    public static Node Parse(string text, IReadOnlyList<Field> fields, CrsUri crs)
    {
        var parser = new Cql2(text, fields, crs);
        var node = parser.Truth(parser.Expression());
        return parser.Here.Kind is TokenKind.End ? node : throw parser.Unexpected();
    }

    public static BreitbandException Wrong(int position, string de, string en) =>
        BreitbandException.WrongUse($"Filter, Stelle {position}: {de}.", $"filter, position {position}: {en}.");

    Token Here => tokens[at];

    Token Take() => tokens[Here.Kind is TokenKind.End ? at : at++];

    bool Skip(string keyword) => Skip(Here.Is(keyword));

    bool SkipSymbol(string symbol) => Skip(Here.IsSymbol(symbol));

    bool Skip(bool there)
    {
        at += there ? 1 : 0;
        return there;
    }

    void Expect(string symbol)
    {
        if (!SkipSymbol(symbol))
            throw Wrong(Here.At, $"hier fehlt „{symbol}“", $"\"{symbol}\" is missing here");
    }

    BreitbandException Unexpected() => Here.Kind is TokenKind.End
        ? Wrong(Here.At, "der Filter hört zu früh auf", "the filter ends too early")
        : Wrong(Here.At, $"„{Here.Text}“ kommt hier unerwartet", $"\"{Here.Text}\" is unexpected here");

    Node Truth(Node node) => node.Kind is ValueKind.Truth or ValueKind.Flag ? node : throw Wrong(Here.At, "hier muss eine Bedingung stehen", "a condition is needed here");

    Node Expression()
    {
        if (++depth > MaxDepth)
            throw Wrong(Here.At, $"mehr als {MaxDepth} Klammern ineinander", $"more than {MaxDepth} nested brackets");
        var node = Conjunction();
        while (Skip("OR"))
            node = new Or(Truth(node), Truth(Conjunction()));
        depth--;
        return node;
    }

    Node Conjunction()
    {
        var node = Negation();
        while (Skip("AND"))
            node = new And(Truth(node), Truth(Negation()));
        return node;
    }

    Node Negation()
    {
        var negative = false;
        while (Skip("NOT"))
            negative = !negative;
        var node = Predicate();
        return negative ? new Not(Truth(node)) : node;
    }

    Node Predicate()
    {
        var left = Sum();
        if (Here.Kind is TokenKind.Symbol && Here.Text is "=" or "<>" or "<" or ">" or "<=" or ">=")
        {
            var sign = Take();
            var (a, b) = Alike(left, Sum(), sign.At);
            return new ValueComparison(sign.Text, a, b);
        }
        if (Skip("IS"))
        {
            var isNot = Skip("NOT");
            if (!Skip("NULL"))
                throw Unexpected();
            return isNot ? new Not(new IsNull(left)) : new IsNull(left);
        }
        var not = Here.Is("NOT") && Skip("NOT");
        Node? node = Here.Text.ToUpperInvariant() switch
        {
            "LIKE" when Here.Kind is TokenKind.Word => LikePart(left),
            "BETWEEN" when Here.Kind is TokenKind.Word => BetweenPart(left),
            "IN" when Here.Kind is TokenKind.Word => InPart(left),
            _ => null,
        };
        if (node is null)
            return not ? throw Unexpected() : left;
        return not ? new Not(node) : node;
    }

    Like LikePart(Node left)
    {
        var position = Take().At;
        var pattern = Sum();
        if (left.Kind is not ValueKind.Text || pattern.Kind is not ValueKind.Text)
            throw Wrong(position, "LIKE vergleicht Texte", "LIKE compares texts");
        return new(left, pattern);
    }

    Between BetweenPart(Node left)
    {
        var position = Take().At;
        var low = Sum();
        if (!Skip("AND"))
            throw Unexpected();
        var (_, a) = Alike(left, low, position);
        var (value, b) = Alike(left, Sum(), position);
        return new(value, a, b);
    }

    In InPart(Node left)
    {
        var position = Take().At;
        Expect("(");
        var list = new List<Node>();
        do
            list.Add(Alike(left, Sum(), position).Right);
        while (SkipSymbol(","));
        Expect(")");
        return new(left, list);
    }

    Node Sum()
    {
        var node = Product();
        while (Here.Kind is TokenKind.Symbol && Here.Text is "+" or "-")
            node = Computed(Take(), node, Product());
        return node;
    }

    Node Product()
    {
        var node = Power();
        while (Here.Kind is TokenKind.Symbol && Here.Text is "*" or "/" or "%" || Here.Is("DIV"))
            node = Computed(Take(), node, Power());
        return node;
    }

    Node Power()
    {
        var node = Primary();
        while (Here.IsSymbol("^"))
            node = Computed(Take(), node, Primary());
        return node;
    }

    static Arithmetic Computed(Token sign, Node left, Node right) => left.Kind is ValueKind.Number && right.Kind is ValueKind.Number
        ? new(sign.Text.ToLowerInvariant(), left, right) : throw Wrong(sign.At, $"„{sign.Text}“ rechnet mit Zahlen", $"\"{sign.Text}\" computes with numbers");

    Node Primary()
    {
        var token = Take();
        switch (token.Kind)
        {
            case TokenKind.Symbol when token.Text == "(":
                var inner = Expression();
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text is "-" or "+":
                var unsigned = Primary();
                return token.Text == "+" ? unsigned : unsigned is Literal { Value: double number } ? new Literal(-number, ValueKind.Number) : Computed(token, new Literal(0.0, ValueKind.Number), unsigned);
            case TokenKind.Number:
                return double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                    ? new Literal(value, ValueKind.Number) : throw Wrong(token.At, $"„{token.Text}“ ist keine Zahl", $"\"{token.Text}\" is no number");
            case TokenKind.Text:
                return new Literal(token.Text, ValueKind.Text);
            case TokenKind.QuotedWord:
                return PropertyOf(token);
            case TokenKind.Word:
                return Here.IsSymbol("(") ? Function(token) : Constant(token) ?? geometry.Of(token) ?? PropertyOf(token);
            default:
                at -= token.Kind is TokenKind.End ? 0 : 1;
                throw Unexpected();
        }
    }

    static Literal? Constant(Token word) => word.Is("TRUE") ? new(true, ValueKind.Flag) : word.Is("FALSE") ? new(false, ValueKind.Flag) : null;

    Node PropertyOf(Token word)
    {
        if (word.Text == GeometryText.PropertyName)
            return new Place();
        var field = fields.FirstOrDefault(f => f.Name == word.Text) ?? throw Wrong(word.At,
            $"die Eigenschaft „{word.Text}“ gibt es nicht. {Suggest.German(word.Text, fields.Select(f => f.Name)).TrimEnd('.')}",
            $"there is no property \"{word.Text}\". {Suggest.English(word.Text, fields.Select(f => f.Name)).TrimEnd('.')}");
        return new Property(field.Name, field.Kind switch { FieldKind.Text => ValueKind.Text, FieldKind.Date => ValueKind.Date, FieldKind.Flag => ValueKind.Flag, _ => ValueKind.Number });
    }

    Node Function(Token name)
    {
        if (geometry.Of(name) is { } written)
            return written;
        Expect("(");
        Node node = name.Text.ToUpperInvariant() switch
        {
            "CASEI" => new Folded(Sum() is { Kind: ValueKind.Text } text ? text : throw Wrong(name.At, "CASEI nimmt einen Text", "CASEI takes a text")),
            "DATE" or "TIMESTAMP" => new Literal(DateOf(Take()), ValueKind.Date),
            ['S', '_', .. var relation] when Relations.Known.Contains(relation) => SpatialPart(relation, name),
            _ => throw Wrong(name.At, $"die Funktion „{name.Text}“ gibt es nicht", $"there is no function \"{name.Text}\""),
        };
        Expect(")");
        return node;
    }

    Spatial SpatialPart(string relation, Token name)
    {
        var left = Primary();
        Expect(",");
        var right = Primary();
        return (left, right) is (Place, Shape) or (Shape, Place) ? new(relation, left, right) : throw Wrong(name.At,
            $"{name.Text} braucht „{GeometryText.PropertyName}“ und eine Geometrie wie POINT(12.6 52.1)", $"{name.Text} needs \"{GeometryText.PropertyName}\" and a geometry like POINT(12.6 52.1)");
    }

    /// <summary>Both sides of one kind; a text beside a date is read as one.</summary>
    static (Node Left, Node Right) Alike(Node left, Node right, int position)
    {
        if (left.Kind is ValueKind.Date && right is Literal { Value: string date })
            right = new Literal(DateOf(new(TokenKind.Text, date, position)), ValueKind.Date);
        if (right.Kind is ValueKind.Date && left is Literal { Value: string other })
            left = new Literal(DateOf(new(TokenKind.Text, other, position)), ValueKind.Date);
        if (left.Kind != right.Kind || left.Kind is ValueKind.Geometry or ValueKind.Truth)
            throw Wrong(position, "hier wird Verschiedenes verglichen (Zahl, Text in '…', DATE('…'), TRUE)", "unlike things are compared here (number, text in '…', DATE('…'), TRUE)");
        return (left, right);
    }

    static DateOnly DateOf(Token token) => Dates.Parse(token.Text) ?? throw Wrong(token.At, $"„{token.Text}“ ist kein Datum (JJJJ-MM-TT)", $"\"{token.Text}\" is no date (YYYY-MM-DD)");
}
