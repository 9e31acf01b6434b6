//! Generates the command line from `spec/`.

fn main() {
    clapspec::Builder::new("spec").build();
}
