//! The documentation of a command's result.

use super::{Limits, Object, Output, Schema, Shape};
use crate::ir::{Command, Name, Role};
use crate::text::{Inline, Inlines, plain, sentence, to_plain};

/// The documentation of a result or of one of its definitions.
pub(crate) struct Part {
    /// A description: a sentence, or the introduction of a list of members.
    pub(crate) intro: Inlines,
    pub(crate) members: Vec<Member>,
}

/// A member of an object, or one of several objects.
pub(crate) struct Member {
    pub(crate) name: String,
    /// The kind of its value.
    pub(crate) kind: Inlines,
    /// Further facts, a sentence each.
    pub(crate) facts: Vec<Inlines>,
    /// The members of its value.
    pub(crate) members: Vec<Member>,
}

/// Documents the result of a command, followed by its definitions. Returns nothing for a command without
/// a result.
pub(crate) fn parts(command: &Command) -> Vec<Part> {
    let Some(output) = &command.output else {
        return Vec::new();
    };
    let roles = [Role::Json, Role::PrettyJson];
    let options = roles.iter().filter_map(|role| command.with_role(*role));
    let options = options.map(|arg| Inline::Code(arg.written())).collect();
    let mut subject = sentence("With ", options, " or ");
    match subject.last_mut() {
        Some(last) => *last = Inline::Text(", the result".into()),
        None => subject = plain("The result"),
    }
    let definitions = output.definitions.iter().map(|(name, schema)| {
        let subject = vec![Inline::Code(name.value.clone())];
        part(subject, schema)
    });
    let mut parts = vec![whole(subject, output)];
    parts.extend(definitions);
    parts
}

fn whole(subject: Inlines, output: &Output) -> Part {
    let described = output.root.description.is_some() || output.root.title.is_none();
    let mut part = part(subject, &output.root);
    if let (false, Some(title)) = (described, &output.root.title) {
        part.intro.splice(0..0, plain(format!("{title}. ")));
    }
    part
}

fn part(subject: Inlines, schema: &Schema) -> Part {
    let members = members(schema);
    let mut intro = subject;
    intro.push(Inline::Text(" is ".into()));
    intro.extend(kind(schema, false));
    let end = match (&leaf(schema).shape, members.is_empty()) {
        (_, true) => ".",
        (Shape::OneOf(_), false) => " of one of these kinds:",
        _ => " with these members:",
    };
    intro.push(Inline::Text(end.into()));
    let mut facts = facts(schema);
    if members.is_empty() {
        facts.insert(0, intro);
    } else {
        facts.push(intro);
    }
    Part {
        intro: facts.join(&Inline::Text(" ".into())),
        members,
    }
}

/// Returns the innermost items of lists and maps.
fn leaf(schema: &Schema) -> &Schema {
    match &schema.shape {
        Shape::List(items, _) | Shape::Map(items) => leaf(items),
        _ => schema,
    }
}

fn members(schema: &Schema) -> Vec<Member> {
    match &leaf(schema).shape {
        Shape::Object(object) => of_object(object, None),
        Shape::OneOf(one_of) => {
            let alternatives = one_of.alternatives.iter();
            let members = alternatives.map(|alternative| Member {
                name: alternative.word.value.clone(),
                kind: vec![
                    Inline::Text("object whose ".into()),
                    Inline::Code(one_of.tag.clone()),
                    Inline::Text(" is ".into()),
                    Inline::Code(alternative.word.value.clone()),
                ],
                facts: facts(&alternative.schema),
                members: alternative
                    .object()
                    .map_or_else(Vec::new, |object| of_object(object, Some(&one_of.tag))),
            });
            members.collect()
        }
        _ => Vec::new(),
    }
}

fn of_object(object: &Object, tag: Option<&str>) -> Vec<Member> {
    let properties = object.properties.iter();
    let properties = properties.filter(|property| Some(property.name.as_str()) != tag);
    let members = properties.map(|property| {
        let mut kind = one(&property.schema);
        if !property.required {
            kind.push(Inline::Text(", optional".into()));
        }
        Member {
            name: property.name.value.clone(),
            kind,
            facts: facts(&property.schema),
            members: members(&property.schema),
        }
    });
    members.collect()
}

/// Describes the kind of a value, without an article.
fn one(schema: &Schema) -> Inlines {
    let mut words = kind(schema, false);
    if let Some(Inline::Text(first)) = words.first_mut() {
        let bare = ["a ", "an "].iter().find_map(|it| first.strip_prefix(it));
        *first = bare.unwrap_or(first).to_owned();
    }
    words
}

/// Describes the kind of a value with its article, or in the plural.
fn kind(schema: &Schema, plural: bool) -> Inlines {
    let pick = |one: &str, several: &str| plain(if plural { several } else { one });
    let with_items = |one: &str, several: &str, items: &Schema| {
        let mut words = pick(one, several);
        words.extend(kind(items, true));
        words
    };
    let mut words = match &schema.shape {
        Shape::Boolean => pick("true or false", "values, true or false"),
        Shape::Integer(_) => pick("a whole number", "whole numbers"),
        Shape::Number(_) => pick("a number", "numbers"),
        Shape::Text(_) => pick("a string", "strings"),
        Shape::Words(words) => match &words[..] {
            [word] => alternatives(
                if plural { "strings " } else { "the string " },
                std::slice::from_ref(word),
            ),
            words => alternatives(if plural { "strings, each " } else { "" }, words),
        },
        Shape::List(items, _) => with_items("a list of ", "lists of ", items),
        Shape::Map(items) => with_items("an object whose members are ", "objects of ", items),
        Shape::Object(_) | Shape::OneOf(_) => pick("an object", "objects"),
        Shape::Reference(name) => {
            let code = Inline::Code(name.value.clone());
            match plural {
                true => vec![code, Inline::Text(" values".into())],
                false => vec![Inline::Text("a ".into()), code],
            }
        }
    };
    if schema.nullable {
        words.push(Inline::Text(" or null".into()));
    }
    words
}

/// Lists alternatives: `a, b or c`.
fn alternatives(beginning: &str, words: &[Name]) -> Inlines {
    let codes = words.iter().map(|word| Inline::Code(word.value.clone()));
    let mut words = sentence(beginning, codes.collect(), " or ");
    words.pop();
    words
}

/// Returns further facts about a value, first its description.
fn facts(schema: &Schema) -> Vec<Inlines> {
    let mut facts = Vec::new();
    if let Some(description) = &schema.description {
        let mut text = description.clone();
        if !to_plain(description).ends_with(['.', '!', '?', ':', '…']) {
            text.push(Inline::Text(".".into()));
        }
        facts.push(text);
    }
    match &schema.shape {
        Shape::Integer(numbers) => facts.extend(limits(numbers, ["", ""])),
        Shape::Number(numbers) => facts.extend(limits(numbers, ["", ""])),
        Shape::List(_, length) => facts.extend(limits(length, [" entry", " entries"])),
        Shape::Text(text) => {
            facts.extend(text.format.as_ref().map(|it| with("In the format ", it)));
            facts.extend(limits(&text.length, [" character", " characters"]));
            facts.extend(text.pattern.as_ref().map(|it| with("Matches ", it)));
        }
        _ => {}
    }
    facts
}

fn with(beginning: &str, code: &str) -> Inlines {
    sentence(beginning, vec![Inline::Code(code.to_owned())], "")
}

/// Describes a minimum and a maximum, with the noun that they count in singular and plural.
fn limits<T: ToString>(limits: &Limits<T>, [one, several]: [&str; 2]) -> Option<Inlines> {
    let text = |limit: &Option<T>| limit.as_ref().map(T::to_string);
    let counted = |limit: &str| format!("{limit}{}", if limit == "1" { one } else { several });
    Some(plain(match (text(&limits.min), text(&limits.max)) {
        (Some(min), Some(max)) if min == max => format!("Exactly {}.", counted(&min)),
        (Some(min), Some(max)) => format!("From {min} to {}.", counted(&max)),
        (Some(min), None) => format!("At least {}.", counted(&min)),
        (None, Some(max)) => format!("At most {}.", counted(&max)),
        (None, None) => return None,
    }))
}

/// Documents the result as plain text, for terminals. Returns `None` for a command without a result.
pub(crate) fn to_text(command: &Command) -> Option<String> {
    let parts = parts(command);
    let texts = parts.iter().map(|part| {
        let mut text = format!("  {}", to_plain(&part.intro));
        push_members(&part.members, 4, &mut text);
        text
    });
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

fn push_members(members: &[Member], indent: usize, out: &mut String) {
    let pad = " ".repeat(indent);
    for member in members {
        out.push_str(&format!(
            "\n{pad}{}: {}",
            member.name,
            to_plain(&member.kind)
        ));
        let facts: Vec<String> = member.facts.iter().map(|fact| to_plain(fact)).collect();
        if !facts.is_empty() {
            out.push_str(&format!("\n{pad}    {}", facts.join(" ")));
        }
        push_members(&member.members, indent + 2, out);
    }
}
