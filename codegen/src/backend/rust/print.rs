//! Formatting the generated code for readers.

use std::iter::Peekable;
use std::str::Lines;

use proc_macro2::TokenStream;

use super::calls::{LINE, SHORT, Statement, literal};
use super::items::Item;
use super::types::Field;

/// The maximum width of a pattern's fields on one line, rustfmt's `struct_lit_width`.
const PATTERN: usize = 18;

/// The variant of a member of an option group, and the expressions for its value and the origin of the
/// value, if it has them.
pub(super) struct Member {
    pub(super) variant: String,
    pub(super) value: Option<String>,
    pub(super) origin: Option<String>,
}

/// A test for a member of an option group.
pub(super) enum Step {
    /// An option or argument.
    Arg { id: String, member: Member },
    /// A group, with the expression that takes its optional value.
    Group { take: String, variant: String },
}

/// A variant, its fields, and the statements for it.
pub(super) type Arm = (String, Vec<String>, Vec<Statement>);

/// Writes a `match` over the variants of `self`.
pub(super) fn arms(arms: &[Arm], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let arms: String = arms.iter().map(|it| arm(indent + 4, it)).collect();
    format!("{pad}match self {{\n{arms}{pad}}}\n")
}

/// Writes the statements that find the given member of an option group: a step for each member, and the
/// variant and value of the default.
pub(super) fn steps(steps: &[Step], default: Option<&Member>, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let steps: String = steps.iter().map(|step| step.print(&pad)).collect();
    let (before, default) = match default {
        None => (String::new(), "None".to_owned()),
        Some(default) => default.print(&pad),
    };
    format!("{steps}{before}{pad}{default}\n")
}

/// Writes an expression `Self { … }` with these fields.
pub(super) fn fields(fields: &[Field], indent: usize) -> String {
    let pad = " ".repeat(indent);
    if fields.is_empty() {
        return format!("{pad}Self {{}}\n");
    }
    let lines: String = fields.iter().map(|it| it.print(&pad)).collect();
    format!("{pad}Self {{\n{lines}{pad}}}\n")
}

/// Writes statements that return `Self` if one of these options is given.
pub(super) fn given(ids: &[&str], indent: usize) -> String {
    let pad = " ".repeat(indent);
    let test = |(at, id): (usize, &&str)| {
        let start = match (at, ids.len()) {
            (0, 1) => "let given =",
            (0, _) => "let mut given =",
            _ => "given |=",
        };
        format!("{pad}{start} values.is_given({});\n", literal(id))
    };
    let tests: String = ids.iter().enumerate().map(test).collect();
    format!("{tests}{pad}given.then(|| Self::take(values))\n")
}

/// Formats the path of a type.
pub(super) fn path(path: &str) -> String {
    let path: syn::Path = syn::parse_str(path)
        .unwrap_or_else(|error| panic!("`{path}` is not a valid path: {error}"));
    let item = syn::parse_quote!(type Path = #path;);
    let lines = unparse(vec![item]);
    let words: Vec<&str> = lines.split_whitespace().skip(3).collect();
    let whole = words.join(" ");
    let whole = whole.trim_end_matches(';');
    whole.replace("< ", "<").replace(", >", ">")
}

impl Field {
    /// Formats the field. The origin comes first, because it is lost once the value is taken out.
    fn print(&self, pad: &str) -> String {
        let Some(origin) = &self.origin else {
            return field(pad, &self.name, &self.value);
        };
        let within = format!("{pad}    ");
        let (origin, value) = (
            field(&within, "origin", origin),
            field(&within, "value", &self.value),
        );
        let name = &self.name;
        format!("{within}{name}: Configured {{\n{origin}{value}{within}}},\n")
    }
}

impl Step {
    fn print(&self, pad: &str) -> String {
        match self {
            Self::Group { take, variant } => format!(
                "{pad}if let Some(value) = {take} {{\n\
                 {pad}    return Some(Self::{variant}(value));\n{pad}}}\n"
            ),
            Self::Arg { id, member } => {
                let id = literal(id);
                let (before, member) = member.print(&format!("{pad}    "));
                format!(
                    "{pad}if values.is_given({id}) {{\n{before}\
                     {pad}    return {member};\n{pad}}}\n"
                )
            }
        }
    }
}

impl Member {
    /// Formats the statements that take the value, and the expression for the member. The origin comes
    /// first, because it is lost once the value is taken out.
    fn print(&self, pad: &str) -> (String, String) {
        let origin = self.origin.as_ref().filter(|_| self.value.is_some());
        let before = [("origin", origin), ("value", self.value.as_ref())];
        let before = before.into_iter();
        let before = before.filter_map(|(name, value)| Some(binding(pad, name, value?)));
        let value = match (origin, &self.value) {
            (Some(_), _) => "(Configured { origin, value })",
            (None, Some(_)) => "(value)",
            (None, None) => "",
        };
        (
            before.collect(),
            format!("Some(Self::{}{value})", self.variant),
        )
    }
}

/// Formats `let name = value;`, broken after `=` if it is too long.
fn binding(pad: &str, name: &str, value: &str) -> String {
    let line = format!("{pad}let {name} = {value};\n");
    match line.chars().count() > LINE + 1 {
        true => format!("{pad}let {name} =\n{pad}    {value};\n"),
        false => line,
    }
}

/// Formats `Self::Variant { fields } => { statements }`, with a line for each field if they are too
/// long.
fn arm(indent: usize, (variant, fields, statements): &Arm) -> String {
    let pad = " ".repeat(indent);
    let line = fields.join(", ");
    let fields = match line.chars().count() {
        0 => String::new(),
        1..=PATTERN => format!(" {{ {line} }}"),
        _ => {
            let lines = fields.iter().map(|field| format!("{pad}    {field},\n"));
            format!(" {{\n{}{pad}}}", lines.collect::<String>())
        }
    };
    let statements = statements.iter().map(|it| it.print(indent + 4));
    let statements: String = statements.collect();
    format!("{pad}Self::{variant}{fields} => {{\n{statements}{pad}}}\n")
}

/// Formats `name: value,`. A long value is broken before its method call.
fn field(pad: &str, name: &str, value: &str) -> String {
    let line = format!("{pad}    {name}: {value},\n");
    let call = value.split_once('(');
    let arguments = call.and_then(|(_, rest)| rest.strip_suffix(')'));
    if let (Some((function, _)), Some(arguments)) = (call, arguments) {
        // Names contain no commas, and calls are not nested.
        if arguments.contains(", ") && arguments.chars().count() > SHORT {
            let arguments = arguments.split(", ");
            let arguments = arguments.map(|argument| format!("{pad}        {argument},\n"));
            let arguments: String = arguments.collect();
            return format!("{pad}    {name}: {function}(\n{arguments}{pad}    ),\n");
        }
    }
    match value.split_once('.') {
        Some((receiver, call)) if line.chars().count() > LINE + 1 => {
            format!("{pad}    {name}: {receiver}\n{pad}        .{call},\n")
        }
        _ => line,
    }
}

/// Appends formatted items, each after an empty line.
pub(super) fn push_items(items: Vec<Item>, out: &mut String) {
    for item in items {
        let texts = match item {
            Item::Text(text) => vec![text],
            Item::Tokens(tokens) => parts(tokens),
        };
        for text in texts {
            out.push('\n');
            out.push_str(&text);
        }
    }
}

/// Formats the items in a token stream separately, except that all `use` declarations stay together.
fn parts(tokens: TokenStream) -> Vec<String> {
    let file: syn::File = match syn::parse2(tokens.clone()) {
        Ok(file) => file,
        Err(error) => panic!("clapspec generated invalid Rust ({error}): {tokens}"),
    };
    let mut texts: Vec<String> = Vec::new();
    let mut uses = Vec::new();
    for item in file.items {
        let is_use = matches!(item, syn::Item::Use(_));
        let has_members = matches!(item, syn::Item::Trait(_) | syn::Item::Impl(_));
        if is_use {
            uses.push(item);
            continue;
        }
        let text = joined(&unparse(vec![item]));
        texts.push(if has_members { spaced(&text) } else { text });
    }
    if !uses.is_empty() {
        texts.insert(0, one_line_uses(&unparse(uses)));
    }
    texts
}

fn unparse(items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    })
}

/// Puts each list of imports on one line if it fits, for the same reason as [`joined`].
fn one_line_uses(text: &str) -> String {
    let mut out = String::new();
    for item in text.split_inclusive(";\n") {
        let names: Vec<&str> = item.lines().map(str::trim).collect();
        let line = names.join(" ").replace("{ ", "{").replace(", }", "}");
        let fits = line.chars().count() <= LINE;
        out.push_str(if fits { &line } else { item.trim_end() });
        out.push('\n');
    }
    out
}

/// Returns an arm on one line, if it consists of one expression and fits. `pattern` is what comes before its
/// arrow, and `rest` the lines after that.
fn one_line_arm(pattern: &str, rest: &Peekable<Lines<'_>>) -> Option<String> {
    let mut rest = rest.clone();
    let expression = rest.next()?.trim();
    let is_whole = rest.next()?.trim() == "}" && !expression.ends_with([';', '{', '(']);
    let line = format!("{pattern}=> {expression},");
    (is_whole && line.chars().count() <= LINE).then_some(line)
}

/// Puts each call of a handler on one line if it fits, for the same reason.
fn joined_chains(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        let fits = |call: &&str| line.len() + call.trim_start().len() <= LINE;
        if line.trim_start() == "handlers" {
            out.push_str(lines.next_if(fits).map_or("", str::trim_start));
        }
        out.push('\n');
    }
    out
}

/// Puts each function signature, and each arm of a match, on one line if it fits: prettyplease breaks lines after 89 columns, but
/// rustfmt only after 100.
fn joined(text: &str) -> String {
    let text = &joined_chains(text);
    let mut out = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let code = line.trim_start();
        if let Some(arm) = line
            .strip_suffix("=> {")
            .and_then(|arm| one_line_arm(arm, &lines))
        {
            lines.nth(1);
            out.extend([arm.as_str(), "\n"]);
            continue;
        }
        let is_head = code.starts_with("fn ") || code.starts_with("pub fn ");
        if !(is_head && code.ends_with('(')) {
            out.extend([line, "\n"]);
            continue;
        }
        let close = format!("{})", &line[..line.len() - code.len()]);
        let rest: Vec<&str> =
            std::iter::from_fn(|| lines.next_if(|line| !line.starts_with(&close))).collect();
        let end = lines.next().unwrap_or_default();
        let arguments: Vec<&str> = rest.iter().map(|line| line.trim()).collect();
        let arguments = arguments.join(" ");
        let whole = format!(
            "{line}{}{}",
            arguments.trim_end_matches(','),
            end.trim_start()
        );
        if whole.chars().count() <= LINE {
            out.extend([whole.as_str(), "\n"]);
            continue;
        }
        for line in [&[line], &rest[..], &[end]].concat() {
            out.extend([line, "\n"]);
        }
    }
    out
}

/// Puts an empty line between the members of a trait or an implementation. A member begins with a doc
/// comment or `fn`, indented by one level. No text from the spec can look like this: the only literal
/// with line breaks is the JSON of a schema, which has no indentation.
fn spaced(text: &str) -> String {
    let mut out = String::new();
    let mut before = "{";
    for line in text.lines() {
        let begins = line.starts_with("    ///") || line.starts_with("    fn ");
        let follows = ["    ///", "    #["]
            .iter()
            .any(|head| before.starts_with(head))
            || before.ends_with('{');
        if begins && !follows {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        before = line;
    }
    out
}
