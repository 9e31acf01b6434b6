//! Hints for messages: what authors of specs write erroneously, and examples of mappings.

/// Returns an example of a mapping with the keys of a struct.
pub(super) fn of_struct(name: &str) -> &'static str {
    match name {
        "argument" | "option" | "choice" => "{ help: … }",
        "command" => "{ about: … }",
        "conditional default" => "{ when: { option: value }, value: … }",
        "configuration files" => "{ user: NAME/config.toml }",
        "deprecation" => "{ since: …, replacement: … }",
        "inherited option" => "{ help: … }",
        "opposite" => "{ name: …, help: … }",
        "example" => "{ about: …, run: … }",
        "exit code" => "{ code: …, help: … }",
        "option group" => "{ one-of: [a, b] }",
        "schema" => "{ type: string }",
        "section" => "{ text: … }",
        "set" => "{ options: { name: { help: … } } }",
        "setting" => "{ key: … }",
        _ => "{ key: value }",
    }
}

/// Returns an example of a mapping whose keys are chosen by the author of the spec.
pub(super) fn of_map(key: &str) -> &'static str {
    match key {
        "arguments" | "options" => "{ name: { help: … } }",
        "commands" => "{ name: { about: … } }",
        "exit-codes" => "{ name: { code: …, help: … } }",
        "groups" => "{ name: { one-of: [a, b] } }",
        "inherit" => "{ name: { help: … } }",
        "deprecated-aliases" => "{ name: { since: … } }",
        "sets" => "{ name: { options: … } }",
        "environment" => "{ NAME: … }",
        "allow" => "{ warning: reason }",
        "when" | "required-when" => "{ option: value }",
        _ => "{ name: … }",
    }
}

/// Returns the boolean that a word such as `yes` or `off` means, as in YAML 1.1.
pub(super) fn bool_word(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "on" | "y" => Some(true),
        "false" | "no" | "off" | "n" => Some(false),
        _ => None,
    }
}

/// Returns our name for a type, given the name that other languages use.
pub(super) fn other_word(text: &str) -> Option<&'static str> {
    match text {
        "bool" => Some("boolean"),
        "dir" | "folder" => Some("directory"),
        "dict" | "map" | "mapping" | "struct" => Some("object"),
        "float" | "double" => Some("number"),
        "int" => Some("integer"),
        "list" | "sequence" | "tuple" => Some("array"),
        "none" => Some("null"),
        "str" | "text" => Some("string"),
        _ => None,
    }
}

/// Returns the beginning of a string that may be long.
pub(super) fn shorten(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    match line.char_indices().nth(30) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

/// Names in clap, which its users may write in a spec, and the corresponding keys.
pub(super) const CLAP_WORDS: &[(&str, &str)] = &[
    ("action", "count"),
    ("alias", "aliases"),
    ("allow-external-subcommands", "external"),
    ("allow-hyphen-values", "hyphen-values"),
    ("args", "arguments"),
    ("author", "authors"),
    ("conflicts-with", "conflicts"),
    ("conflicts-with-all", "conflicts"),
    ("default-missing-value", "bare"),
    ("default-value", "default"),
    ("default-value-if", "default-when"),
    ("default-values", "default"),
    ("flags", "options"),
    ("help-heading", "heading"),
    ("hide", "hidden"),
    ("long-about", "description"),
    ("long-help", "description"),
    ("multiple", "repeat"),
    ("overrides-with", "overrides"),
    ("possible-values", "choices"),
    ("require-equals", "equals"),
    ("required-if-eq", "required-when"),
    ("required-unless-present", "required-unless"),
    ("required-unless-present-all", "required-unless-all"),
    ("required-unless-present-any", "required-unless"),
    ("subcommands", "commands"),
    ("takes-value", "value"),
    ("trailing-var-arg", "trailing"),
    ("value-delimiter", "delimiter"),
    ("value-hint", "complete"),
    ("value-name", "value"),
    ("value-names", "value"),
    ("value-terminator", "terminator"),
    ("visible-alias", "aliases"),
    ("visible-aliases", "aliases"),
];
/// The names in clap that take other values than our keys. For example, clap's `args` include
/// options, and `takes-value` is `true`.
pub(super) const CLAP_MEANS_MORE: &[&str] = &[
    "action",
    "alias",
    "args",
    "default-value-if",
    "required-if-eq",
    "takes-value",
];

/// Names in clap and other tools for which a spec needs no key, and why.
pub(super) const NO_KEY: &[(&str, &str)] = &[
    (
        "global",
        "all subcommands inherit the options of the program and of command groups",
    ),
    (
        "index",
        "the order of `arguments` in the spec is their order on the command line",
    ),
    (
        "optional",
        "everything without `required: true` is optional",
    ),
    (
        "nargs",
        "for several values, use `repeat: true` in an argument and `num-args` in an option",
    ),
];
