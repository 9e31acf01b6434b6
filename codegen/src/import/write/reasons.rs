//! Why a spec has no counterpart of something. [clapspec and clap] explains each of them.
//!
//! [clapspec and clap]: https://github.com/clapspec

/// What happens to a fact that a spec can't express.
pub(super) fn of(fact: &str) -> &'static str {
    match fact {
        "before_help" | "before_long_help" | "after_help" | "after_long_help" => {
            "it is now in `description`"
        }
        "override_usage" | "override_help" | "help_template" => {
            "help and usage are generated from the spec"
        }
        "short_flag" | "long_flag" => "a command is called by its name, not by an option",
        "subcommand_help_heading" | "subcommand_value_name" => {
            "help has \"Commands\" and `<COMMAND>`; `headings` divides long lists"
        }
        "long_version" => "`--version` prints one line",
        "propagate_version" => "only the program itself has `--version`",
        "disable_help_flag" => "every command has `--help`",
        "disable_help_subcommand" => "every command group has `help`",
        "short of --help" | "help of --help" => "`-h` and `--help` are the same in all programs",
        "short of --version" | "help of --version" => {
            "`-V` and `--version` are the same in all programs"
        }
        "flatten_help" => "the help of a command group has one line for each subcommand",
        "multicall" => "commands are called by the program's name and their own",
        "no_binary_name" => "begin the command line with the program's name",
        "bin_name" | "display_name" => "the program has one name, the key `name`",
        "arg" => "it is the option of the command group; `inherit` can describe it differently",
        "subcommand" => "a subcommand can't follow the arguments of its command group",
        "args_conflicts_with_subcommands" => {
            "options that subcommands have, too, may be given before a subcommand"
        }
        "max" => "the largest `integer` is 9223372036854775807",
        "default_value" | "default_missing_value" => {
            "a spec has no such default: set it in the handler"
        }
        "num_args" => "the option becomes one without a value",
        "value_parser" => "the handler gets a larger count",
        "value_hint" => "use `complete: program` for programs in `PATH`, or `complete: file`",
        "short_flag_alias" | "long_flag_alias" => {
            "a command is called by its name, not by an option"
        }
        "allow_missing_positional" => {
            "which argument a value belongs to doesn't depend on their number"
        }
        "subcommand_precedence_over_arg" => "`terminator` ends the values of an option",
        "infer_long_args" | "infer_subcommands" => {
            "abbreviations aren't accepted; `aliases` are short names that don't change"
        }
        "ignore_errors" => "a handler gets a command line without errors",
        "arg_required_else_help" => "without arguments, an error names what is missing",
        "hide_default_value" | "hide_possible_values" => "help shows defaults and accepted values",
        "hide_env" => "help shows the environment variables of options",
        "hide_long_help" => "`--help` shows everything that `-h` shows",
        "next_line_help" => "`next-line-help` of the program is for all options",
        "allow_negative_numbers" => {
            "a negative number is a value, and others may begin with a dash only with `hyphen-values`"
        }
        "action" => "`--help` and `--version` are the only options of their kind",
        _ => "a spec has no counterpart",
    }
}
