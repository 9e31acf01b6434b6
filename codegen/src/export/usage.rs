//! The KDL of usage (<https://usage.jdx.dev>).

use kdl::{KdlDocument, KdlEntry, KdlNode, KdlValue};

use super::Export;
use super::losses::{Has, Losses};
use crate::description::{Arg, Command, Description, Takes, Value};

const HAS: Has = Has {
    program: &["format", "name", "command", "version", "authors"],
    command: &[
        "name",
        "about",
        "description",
        "aliases",
        "hidden-aliases",
        "hidden",
        "effect",
        "arguments",
        "options",
        "inherited",
        "commands",
        "runs",
        "examples",
        "built-in",
    ],
    arg: &[
        "key",
        "help",
        "description",
        "takes",
        "names",
        "hidden-names",
        "opposite",
        "value",
        "required",
        "default",
        "env",
        "hidden",
    ],
    value: &["names", "choices", "repeated", "last", "values"],
    choice: &["name"],
    types: &[],
};

/// Exports a program.
pub(super) fn export(description: &Description) -> Export {
    let mut writer = Writer {
        losses: Losses::of(description, &HAS),
    };
    writer.losses.parts(description, |_, arg| {
        let value = arg.value.as_ref();
        let opposite = arg.opposite.as_ref();
        [
            ("several default values", arg.default.len() > 1),
            ("deprecated variables", arg.env.len() > 1),
            (
                "how many values an option takes each time",
                !arg.names.is_empty() && value.is_some_and(|value| value.values.is_some()),
            ),
            (
                "the help of an opposite, and whether it is hidden",
                opposite.is_some_and(|it| it.hidden || !it.help.is_empty()),
            ),
        ]
    });
    let root = &description.command;
    let mut document = KdlDocument::new();
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            document.nodes_mut().push(node(name, value));
        }
    };
    add("name", &description.name);
    add("bin", &description.name);
    add(
        "version",
        description.version.as_deref().unwrap_or_default(),
    );
    add("author", &description.authors.join(", "));
    add("about", &root.about);
    add("long_about", &long(&root.about, &root.description));
    writer.inside(&description.name, root, document.nodes_mut());
    document.autoformat();
    Export {
        text: document.to_string(),
        losses: writer.losses.list(),
    }
}

struct Writer {
    losses: Losses,
}

impl Writer {
    fn command(&mut self, place: &str, command: &Command) -> KdlNode {
        let mut made = node("cmd", &command.name);
        property(&mut made, "help", &command.about);
        switch(&mut made, "hide", command.hidden);
        switch(
            &mut made,
            "subcommand_required",
            !command.commands.is_empty() && !command.runs,
        );
        if let Some(effect) = &command.effect {
            property(&mut made, "effect", effect);
        }
        let mut children = KdlDocument::new();
        for (names, is_hidden) in [(&command.aliases, false), (&command.hidden_aliases, true)] {
            for name in names {
                let mut alias = node("alias", name);
                switch(&mut alias, "hide", is_hidden);
                children.nodes_mut().push(alias);
            }
        }
        if !command.description.is_empty() {
            children.nodes_mut().push(node(
                "long_help",
                &long(&command.about, &command.description),
            ));
        }
        self.inside(place, command, children.nodes_mut());
        if !children.nodes().is_empty() {
            made.set_children(children);
        }
        made
    }

    /// Writes what a program and a command have in common.
    fn inside(&mut self, place: &str, command: &Command, nodes: &mut Vec<KdlNode>) {
        for arg in &command.options {
            nodes.extend(self.flag(&format!("{place} {}", arg.written()), arg, command));
        }
        nodes.extend(command.arguments.iter().map(argument));
        for example in &command.examples {
            let mut made = node("example", &example.run);
            property(&mut made, "header", &example.about);
            nodes.push(made);
        }
        for below in &command.commands {
            nodes.push(self.command(&format!("{place} {}", below.name), below));
        }
    }

    fn flag(&mut self, place: &str, arg: &Arg, command: &Command) -> Option<KdlNode> {
        if arg.names.is_empty() {
            self.losses.add("an option without names", place);
            return None;
        }
        let mut made = node("flag", &arg.names.join(" "));
        common(&mut made, arg);
        switch(
            &mut made,
            "global",
            !command.commands.is_empty() && arg.placement.is_none(),
        );
        switch(&mut made, "count", arg.takes == Takes::Count);
        switch(
            &mut made,
            "var",
            arg.value.as_ref().is_some_and(|value| value.repeated),
        );
        if let Some(opposite) = &arg.opposite {
            property(&mut made, "negate", &opposite.name);
        }
        let mut children = KdlDocument::new();
        for name in &arg.hidden_names {
            let mut alias = node("alias", name);
            switch(&mut alias, "hide", true);
            children.nodes_mut().push(alias);
        }
        if let Some(value) = &arg.value {
            let names = value.names.iter().map(|name| format!("<{name}>"));
            let mut taken = node("arg", &names.collect::<Vec<_>>().join(" "));
            choices(&mut taken, value);
            children.nodes_mut().push(taken);
        }
        if !children.nodes().is_empty() {
            made.set_children(children);
        }
        Some(made)
    }
}

fn argument(arg: &Arg) -> KdlNode {
    let name = match arg.required {
        true => format!("<{}>", arg.key),
        false => format!("[{}]", arg.key),
    };
    let mut made = node("arg", &name);
    common(&mut made, arg);
    if let Some(value) = &arg.value {
        let is_list = value.repeated || value.values.is_some();
        switch(&mut made, "var", is_list);
        if let Some(values) = &value.values {
            number(&mut made, "var_min", values.min);
            values
                .max
                .iter()
                .for_each(|max| number(&mut made, "var_max", *max));
        }
        if value.last {
            property(&mut made, "double_dash", "required");
        }
        choices(&mut made, value);
    }
    made
}

/// Writes what options and arguments have in common.
fn common(made: &mut KdlNode, arg: &Arg) {
    property(made, "help", &arg.help);
    property(made, "long_help", &long(&arg.help, &arg.description));
    // Whether an argument is required is in its brackets.
    switch(made, "required", arg.required && !arg.names.is_empty());
    switch(made, "hide", arg.hidden);
    property(made, "env", arg.env.first().map_or("", String::as_str));
    if let [default] = &arg.default[..] {
        property(made, "default", default);
    }
}

fn choices(made: &mut KdlNode, value: &Value) {
    let visible = value.choices.iter().filter(|choice| !choice.hidden);
    let names: Vec<&str> = visible.map(|choice| choice.name.as_str()).collect();
    if !names.is_empty() {
        let mut list = KdlNode::new("choices");
        list.entries_mut()
            .extend(names.into_iter().map(KdlEntry::new));
        let mut children = KdlDocument::new();
        children.nodes_mut().push(list);
        made.set_children(children);
    }
}

fn long(short: &str, description: &str) -> String {
    match description.is_empty() {
        true => String::new(),
        false => format!("{short}\n\n{description}"),
    }
}

fn node(name: &str, value: &str) -> KdlNode {
    let mut node = KdlNode::new(name);
    node.push(KdlEntry::new(value));
    node
}

fn property(node: &mut KdlNode, name: &str, value: &str) {
    if !value.is_empty() {
        node.push(KdlEntry::new_prop(name, value));
    }
}

fn switch(node: &mut KdlNode, name: &str, is_set: bool) {
    if is_set {
        node.push(KdlEntry::new_prop(name, KdlValue::Bool(true)));
    }
}

fn number(node: &mut KdlNode, name: &str, number: usize) {
    node.push(KdlEntry::new_prop(name, KdlValue::Integer(number as i128)));
}
