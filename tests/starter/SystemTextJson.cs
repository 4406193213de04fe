// Stands in for the part of System.Text.Json that the skeleton in C# uses: Mono, which Debian has,
// lacks it. With .NET this file is not used.

using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace System.Text.Json.Nodes
{
    public class JsonNode
    {
        readonly object held;
        protected JsonNode(object held) { this.held = held; }

        public static implicit operator JsonNode(int number) => new JsonNode(number);
        public static implicit operator JsonNode(string text) => new JsonNode(text);
        public static explicit operator string(JsonNode node) => (string)node?.held;

        public JsonNode this[string key]
        {
            get
            {
                JsonNode found;
                return ((Dictionary<string, JsonNode>)held).TryGetValue(key, out found) ? found : null;
            }
            set { ((Dictionary<string, JsonNode>)held)[key] = value; }
        }

        public string ToJsonString()
        {
            var pairs = held as Dictionary<string, JsonNode>;
            if (pairs != null)
                return "{" + string.Join(",", pairs.Select(one => Quoted(one.Key) + ":" + Shown(one.Value))) + "}";
            var items = held as List<JsonNode>;
            if (items != null) return "[" + string.Join(",", items.Select(Shown)) + "]";
            if (held is string) return Quoted((string)held);
            if (held is bool) return (bool)held ? "true" : "false";
            return Convert.ToString(held, CultureInfo.InvariantCulture);
        }

        static string Shown(JsonNode node) => node == null ? "null" : node.ToJsonString();

        static string Quoted(string text) => "\"" + string.Concat(text.Select(
            one => one < ' ' || one == '"' || one == '\\' ? $"\\u{(int)one:x4}" : one.ToString())) + "\"";

        public static JsonNode Parse(string text)
        {
            var place = 0;
            return Read(text, ref place);
        }

        static char Next(string text, ref int place)
        {
            while (char.IsWhiteSpace(text[place])) place++;
            return text[place];
        }

        static JsonNode Read(string text, ref int place)
        {
            var first = Next(text, ref place);
            if (first == '"') return Quotation(text, ref place);
            if (first != '{' && first != '[') return Word(text, ref place);
            var pairs = new Dictionary<string, JsonNode>();
            var items = new List<JsonNode>();
            place++;
            while (Next(text, ref place) != '}' && text[place] != ']')
            {
                if (first == '[') items.Add(Read(text, ref place));
                else
                {
                    var key = Quotation(text, ref place);
                    Next(text, ref place);
                    place++; // the colon
                    pairs[key] = Read(text, ref place);
                }
                if (Next(text, ref place) == ',') { place++; Next(text, ref place); }
            }
            place++;
            return first == '{' ? new JsonNode(pairs) : new JsonNode(items);
        }

        static string Quotation(string text, ref int place)
        {
            var said = new StringBuilder();
            while (text[++place] != '"')
            {
                if (text[place] != '\\') { said.Append(text[place]); continue; }
                var mark = text[++place];
                var known = "bfnrt".IndexOf(mark);
                if (mark == 'u')
                {
                    said.Append((char)int.Parse(text.Substring(place + 1, 4), NumberStyles.HexNumber));
                    place += 4;
                }
                else said.Append(known < 0 ? mark : "\b\f\n\r\t"[known]);
            }
            place++;
            return said.ToString();
        }

        static JsonNode Word(string text, ref int place)
        {
            var begin = place;
            while (place < text.Length && ",]} \n\r\t".IndexOf(text[place]) < 0) place++;
            var word = text.Substring(begin, place - begin);
            if (word == "null") return null;
            if (word == "true" || word == "false") return new JsonNode(word == "true");
            return new JsonNode(double.Parse(word, CultureInfo.InvariantCulture));
        }
    }

    public class JsonObject : JsonNode
    {
        public JsonObject() : base(new Dictionary<string, JsonNode>()) { }
    }

    public class JsonArray : JsonNode
    {
        public JsonArray(params JsonNode[] items) : base(items.ToList()) { }
    }
}
