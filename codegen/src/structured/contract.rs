//! Roles of options, questions and outputs.

use super::args::{self, Arg};
use super::node::{Keys, Node};
use super::source::Source;
use super::words;

const ROLES: [&str; 5] = ["yes", "json", "pretty-json", "dry-run", "color"];

/// Adds options with roles to those of a command, and a question or an output that they are for. `roles` has the
/// roles of inherited options, and gets those of its own.
pub(super) fn add(
    source: &mut Source<'_>,
    own: &mut Vec<Arg>,
    roles: &mut Vec<&'static str>,
    runs: bool,
    keys: &mut Keys,
) {
    let asks = runs && source.chance(15);
    if asks {
        keys.push(("confirm".to_owned(), question(source, own)));
    }
    let prints = runs && source.chance(25);
    for role in ROLES {
        // A question and an output need an option.
        let needed = match role {
            "yes" => asks,
            "json" => prints && !roles.contains(&"pretty-json"),
            _ => false,
        };
        if (needed || source.chance(8)) && !roles.contains(&role) {
            own.push(args::with_role(source, role));
            roles.push(role);
        }
    }
    if prints {
        let output = source.chance(50).then(|| ("$defs", defs(source)));
        let object = object(source, output.is_some(), 2);
        let output = object.into_iter().chain(output);
        keys.push(("output".to_owned(), Node::map(output)));
    }
}

/// Generates a question, which may name arguments and options.
fn question(source: &mut Source<'_>, own: &[Arg]) -> Node {
    let mut text = (*source.pick(&["Go on", "\"{{x}}\" \\fB", "é\u{1F600} %s $(x)"])).to_owned();
    for arg in own.iter().filter(|arg| arg.takes.is_some()) {
        if source.chance(40) {
            text += &format!(" {{{}}}", arg.id);
        }
    }
    Node::text(format!("{text}?"))
}

/// The definition to which references lead, also its own.
fn defs(source: &mut Source<'_>) -> Node {
    Node::map([("Part", Node::map(object(source, true, 1)))])
}

/// Generates the schema of an object.
fn object(source: &mut Source<'_>, has_defs: bool, depth: usize) -> Vec<(&'static str, Node)> {
    let scope = source.scope();
    let members: Keys = (0..1 + source.below(4))
        .map(|_| {
            let name = words::name(source, &scope);
            (name, schema(source, has_defs, depth))
        })
        .collect();
    let required = members.iter().map(|(name, _)| name.clone());
    let required: Vec<String> = required.filter(|_| source.chance(50)).collect();
    let mut keys = vec![
        ("type", Node::text("object")),
        ("properties", Node::Map(members)),
    ];
    if !required.is_empty() {
        keys.push(("required", Node::texts(required)));
    }
    keys
}

fn schema(source: &mut Source<'_>, has_defs: bool, depth: usize) -> Node {
    let mut keys = match source.below(8) {
        0 => vec![("type", Node::text("string"))],
        1 => vec![
            ("type", Node::text("integer")),
            ("minimum", Node::plain(-3)),
        ],
        2 => vec![
            ("type", Node::text("number")),
            ("maximum", Node::plain("1.5")),
        ],
        3 => vec![("type", Node::text("boolean"))],
        4 => vec![("enum", Node::texts(["a", "self", "é b"]))],
        5 if has_defs => return Node::map([("$ref", Node::text("#/$defs/Part"))]),
        6 if depth > 0 => {
            let items = schema(source, has_defs, depth - 1);
            vec![("type", Node::text("array")), ("items", items)]
        }
        7 if depth > 0 => object(source, has_defs, depth - 1),
        _ => vec![
            ("type", Node::text("string")),
            ("pattern", Node::text("^[a-z]*$")),
        ],
    };
    if source.chance(20) {
        keys.push(("description", words::line(source)));
    }
    Node::map(keys)
}
