//! The code that takes the values of a struct, or the given member of an option group, out of a command line,
//! in the format of rustfmt.

use super::calls::{LINE, SHORT, literal};
use super::types::Field;

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
