//! A picture of the table: bars for the instructions of one command.

use std::fmt::Write as _;

use crate::table::{Table, grouped};

/// The width of the longest bar, and where bars begin.
const WIDTH: f64 = 430.0;
const LEFT: f64 = 190.0;
/// The height of a bar with the gap below it.
const LINE: f64 = 20.0;

/// Draws the bars of all tables, on a logarithmic scale.
pub fn draw(tables: &[Table]) -> String {
    let rows = || tables.iter().flat_map(|table| &table.rows);
    let most = rows().map(|row| row.leaf).max().unwrap_or(1) as f64;
    let least = 1_000.0_f64;
    let mut bars = String::new();
    let mut y = 30.0;
    for table in tables {
        writeln!(
            bars,
            r##"<text x="8" y="{}" font-weight="bold">{}</text>"##,
            y + 14.0,
            escaped(&table.title)
        )
        .expect("text");
        y += LINE + 4.0;
        for row in &table.rows {
            let share = ((row.leaf as f64).max(least) / least).ln() / (most / least).ln();
            let width = (share * WIDTH).max(2.0);
            let color = if row.name == "clapspec" {
                "#1f6feb"
            } else {
                "#9aa4b2"
            };
            writeln!(
                bars,
                r##"<text x="{}" y="{}" text-anchor="end">{}</text><rect x="{LEFT}" y="{y}" width="{width:.1}" height="{}" fill="{color}"/><text x="{:.1}" y="{}">{}</text>"##,
                LEFT - 8.0,
                y + 12.0,
                escaped(&row.name.replace('`', "")),
                LINE - 5.0,
                LEFT + width + 6.0,
                y + 12.0,
                grouped(row.leaf)
            )
            .expect("text");
            y += LINE;
        }
        y += 12.0;
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 {y}\" width=\"720\" height=\"{y}\" role=\"img\" \
         aria-label=\"Instructions for calling one command\" font-family=\"sans-serif\" font-size=\"13\">\n\
         <rect width=\"720\" height=\"{y}\" fill=\"#ffffff\"/>\n\
         <text x=\"8\" y=\"20\">Instructions for calling one command, above an empty program (logarithmic scale)</text>\n\
         {bars}</svg>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
