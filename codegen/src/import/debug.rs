//! Reads the `Debug` output of clap's types, which has the rules that clap has no getters for.

use std::iter::Peekable;
use std::str::Chars;

/// A value in the `Debug` output of a Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// A string, without its quotes and escapes. A character is a string, too.
    Text(String),
    /// A list, a set, or a tuple without a name.
    List(Vec<Value>),
    /// Anything else: `None`, `Some("x")`, `12`, `Arg { id: "x" }`. The fields of a tuple have no names.
    Named(String, Vec<(String, Value)>),
}

impl Value {
    /// Reads the output of `{:?}`. Whatever isn't written in the usual way becomes the name of a value.
    pub(super) fn read(text: &str) -> Self {
        Reader(text.chars().peekable()).value()
    }

    /// The value of this field of a struct.
    pub(super) fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Self::Named(_, fields) => fields
                .iter()
                .find_map(|(field, value)| (field == name).then_some(value)),
            _ => None,
        }
    }

    /// The fields of a tuple, or the items of a list.
    pub(super) fn items(&self) -> impl Iterator<Item = &Value> {
        let (items, fields): (&[Value], &[(String, Value)]) = match self {
            Self::Text(_) => (&[], &[]),
            Self::List(items) => (items, &[]),
            Self::Named(_, fields) => (&[], fields),
        };
        items.iter().chain(fields.iter().map(|(_, value)| value))
    }

    /// The string, or the name of a value without fields.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) | Self::Named(text, _) => text,
            Self::List(_) => "",
        }
    }

    /// All strings in it, however deep they are.
    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            _ => self.items().flat_map(Self::texts).collect(),
        }
    }
}

/// How deep values may be nested. clap's are nested less than ten deep.
const MAX_DEPTH: usize = 64;

struct Reader<'a>(Peekable<Chars<'a>>);

impl Reader<'_> {
    fn value(&mut self) -> Value {
        self.nested(0)
    }

    fn nested(&mut self, depth: usize) -> Value {
        self.spaces();
        match self.0.peek() {
            Some('"' | '\'') => Value::Text(self.quoted()),
            Some('[' | '(' | '{') if depth < MAX_DEPTH => {
                let fields = self.fields(depth);
                Value::List(fields.into_iter().map(|(_, value)| value).collect())
            }
            _ => self.named(depth),
        }
    }

    /// Reads a name, and the fields after it.
    fn named(&mut self, depth: usize) -> Value {
        let mut name = String::new();
        while let Some(next) = self
            .0
            .next_if(|it| it.is_alphanumeric() || "_:.".contains(*it))
        {
            // `id: "x"` begins with the name of a field; a path has two colons.
            if next == ':' && self.0.peek() != Some(&':') && !name.ends_with(':') {
                return Value::Named(name + ":", Vec::new());
            }
            name.push(next);
        }
        // What is in these parentheses is the name of a type, such as `Vec<(u8, u8)>`.
        if name == "ValueParser::other" {
            name += &self.rest();
            return Value::Named(name, Vec::new());
        }
        let space = self.spaces();
        match self.0.peek() {
            Some('(') if !space && depth < MAX_DEPTH => Value::Named(name, self.fields(depth)),
            Some('{') if !name.is_empty() && depth < MAX_DEPTH => {
                Value::Named(name, self.fields(depth))
            }
            _ => {
                name += &self.rest();
                Value::Named(name, Vec::new())
            }
        }
    }

    /// Reads what is between brackets.
    fn fields(&mut self, depth: usize) -> Vec<(String, Value)> {
        self.0.next();
        let mut fields = Vec::new();
        loop {
            self.spaces();
            match self.0.peek() {
                None => return fields,
                Some(']' | ')' | '}') => {
                    self.0.next();
                    return fields;
                }
                Some(',') => {
                    self.0.next();
                }
                Some(_) => {
                    let value = self.nested(depth + 1);
                    self.spaces();
                    let name = match &value {
                        Value::Named(name, fields) if fields.is_empty() => name.strip_suffix(':'),
                        _ => None,
                    };
                    fields.push(match name {
                        Some(name) => (name.to_owned(), self.nested(depth + 1)),
                        None => (String::new(), value),
                    });
                }
            }
        }
    }

    /// Reads a string or a character, and replaces its escapes.
    fn quoted(&mut self) -> String {
        let quote = self.0.next();
        let mut text = String::new();
        while let Some(next) = self.0.next() {
            match next {
                '\\' => text.extend(self.escape()),
                _ if Some(next) == quote => break,
                _ => text.push(next),
            }
        }
        text
    }

    fn escape(&mut self) -> Option<char> {
        Some(match self.0.next()? {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            // A byte that is not UTF-8.
            'x' => {
                self.0.next();
                self.0.next();
                char::REPLACEMENT_CHARACTER
            }
            'u' => {
                let digits: String = self.0.by_ref().take_while(|it| *it != '}').collect();
                let code = u32::from_str_radix(digits.trim_start_matches('{'), 16).ok()?;
                char::from_u32(code)?
            }
            other => other,
        })
    }

    /// Reads up to the comma or the bracket that ends the value.
    fn rest(&mut self) -> String {
        let mut depth = 0usize;
        let mut text = String::new();
        while let Some(next) = self.0.peek() {
            match next {
                ',' if depth == 0 => break,
                ')' | ']' | '}' if depth == 0 => break,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' => depth -= 1,
                _ => {}
            }
            text.extend(self.0.next());
        }
        text.trim_end().to_owned()
    }

    fn spaces(&mut self) -> bool {
        let mut any = false;
        while self.0.next_if(|it| it.is_whitespace()).is_some() {
            any = true;
        }
        any
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[derive(Debug)]
    #[allow(dead_code)]
    struct Sample {
        id: &'static str,
        list: Vec<(String, Option<u8>)>,
        sign: char,
        nested: Option<Box<Sample>>,
        unit: (),
    }

    #[test]
    fn reads_what_rust_writes() {
        let text = "quote \" backslash \\ brackets ]})([{ comma, \n\t\u{1b} \u{e9}";
        let sample = |nested| Sample {
            id: text,
            list: vec![(text.to_owned(), Some(1)), ("id: 2".to_owned(), None)],
            sign: '\'',
            nested,
            unit: (),
        };
        let value = sample(Some(Box::new(sample(None))));
        for written in [format!("{value:?}"), format!("{value:#?}")] {
            let read = Value::read(&written);
            let inner = read.field("nested").and_then(|it| it.items().next());
            for value in [&read, inner.expect("the inner value")] {
                assert_eq!(value.text(), "Sample");
                let field = |name| value.field(name).expect("a field");
                assert_eq!(field("id").text(), text);
                assert_eq!(field("list").texts(), [text, "id: 2"]);
                assert_eq!(field("sign").text(), "'");
                assert_eq!(field("unit"), &Value::List(Vec::new()));
            }
        }
    }

    #[test]
    fn types_stay_names() {
        for name in ["Vec<(u8, String)>", "a::B<'static, fn(u8) -> u8>", "u16"] {
            let text = format!("Arg {{ value_parser: Some(ValueParser::other({name})), last: 1 }}");
            let read = Value::read(&text);
            let parser = read.field("value_parser").and_then(|it| it.items().next());
            let parser = parser.expect("a value").text();
            assert_eq!(parser, format!("ValueParser::other({name})"));
            assert_eq!(read.field("last").expect("a field").text(), "1");
        }
    }

    #[test]
    fn any_text_ends() {
        for text in [
            "", "[", "((((", "\"", "'\\", "a: b: c:", "{:}", "a(b{c[", ",,,", "\\u{",
        ] {
            Value::read(text);
        }
        Value::read(&"[".repeat(100_000));
    }
}
