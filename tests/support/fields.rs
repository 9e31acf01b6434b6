//! The fields of two structs that are printed with `{:#?}`.

/// The printed fields without those that differ, each with its value. A setting is printed as its value.
pub fn same(printed: &str, different: &[&str]) -> String {
    let mut out = Vec::new();
    let mut lines = printed.lines();
    // The indentation of a setting, whose value is nested.
    let mut settings: Vec<usize> = Vec::new();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let (name, value) = line
            .trim_start()
            .split_once(": ")
            .unwrap_or((line.trim(), ""));
        let is_open = value.ends_with(['{', '(', '[']);
        if different.contains(&name)
            || settings.last() == Some(&(indent.wrapping_sub(4))) && name == "origin"
        {
            if is_open {
                lines
                    .by_ref()
                    .find(|line| line.len() - line.trim_start().len() == indent);
            }
            continue;
        }
        if value == "Configured {" {
            settings.push(indent);
            out.push(format!(
                "{}{name}:",
                " ".repeat(indent - 4 * (settings.len() - 1))
            ));
            continue;
        }
        if settings.last() == Some(&indent) && line.trim() == "}," {
            settings.pop();
            continue;
        }
        let depth = 4 * settings.len();
        out.push(
            match settings.last() == Some(&(indent.wrapping_sub(4))) && name == "value" {
                true => format!("{}{value}", " ".repeat(indent - depth)),
                false => format!(
                    "{}{}",
                    " ".repeat(indent.saturating_sub(depth)),
                    line.trim_start()
                ),
            },
        );
    }
    // The value of a setting follows its name.
    let mut joined: Vec<String> = Vec::new();
    for line in out {
        match joined.last_mut() {
            Some(last) if last.ends_with(':') => *last = format!("{last} {}", line.trim_start()),
            _ => joined.push(line),
        }
    }
    joined.join("\n")
}
