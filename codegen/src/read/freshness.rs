//! Whether generated code is that of the spec as it is now, for a build script that has no generator:
//!
//! ```text
//! #[path = "generated/freshness.rs"]
//! mod freshness;
//!
//! fn main() {
//!     freshness::check("spec", "generated/cli.rs");
//! }
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// How deep directories may be nested.
const MAX_DEPTH: usize = 32;

/// Ends the build if the code was not generated from the spec as it is now, and says what to run. A
/// package that is built without its spec, such as one from crates.io, is not checked.
///
/// # Panics
///
/// When the spec or the code can't be read.
pub fn check(spec: &str, code: &str) {
    println!("cargo::rerun-if-changed={spec}");
    println!("cargo::rerun-if-changed={code}");
    if !Path::new(spec).exists() {
        return;
    }
    let text = fs::read_to_string(code)
        .unwrap_or_else(|error| panic!("can't read the generated code `{code}`: {error}"));
    let files = files(Path::new(spec))
        .unwrap_or_else(|error| panic!("can't read the spec `{spec}`: {error}"));
    let digest = digest(files.iter().map(|(path, bytes)| (&**path, &**bytes)));
    let mut head = text.lines().take_while(|line| line.starts_with("//"));
    if head.any(|line| line.ends_with(&format!("digest {digest:016x}"))) {
        return;
    }
    let directory = Path::new(code).parent().unwrap_or(Path::new("."));
    eprintln!("error: `{code}` was not generated from the spec `{spec}` as it is now");
    eprintln!(
        "help: run `clapspec generate {spec} --out {}`",
        directory.display()
    );
    std::process::exit(1);
}

/// The files of a spec, by their paths below its directory, with `/`.
fn files(spec: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let program = match spec.is_dir() {
        true => spec.join("cli.yaml"),
        false => spec.to_owned(),
    };
    files.insert("cli.yaml".to_owned(), fs::read(program)?);
    if spec.is_dir() {
        // Only commands are in directories of directories.
        add(
            &spec.join("commands"),
            "commands",
            ".yaml",
            MAX_DEPTH,
            &mut files,
        )?;
        add(&spec.join("sets"), "sets", ".yaml", 0, &mut files)?;
        add(&spec.join("topics"), "topics", ".md", 0, &mut files)?;
    }
    Ok(files)
}

/// Adds the files of a directory that are read: those with this end, and none that is hidden. Directories in
/// it are entered, to this depth.
fn add(
    directory: &Path,
    below: &str,
    end: &str,
    depth: usize,
    files: &mut BTreeMap<String, Vec<u8>>,
) -> io::Result<()> {
    if !directory.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let below = format!("{below}/{name}");
        if name.starts_with('.') {
            continue;
        } else if name.ends_with(end) {
            files.insert(below, fs::read(path)?);
        } else if depth > 0 {
            add(&path, &below, end, depth - 1, files)?;
        }
    }
    Ok(())
}

/// A digest of files (FNV-1a, 64 bits), each with its path, in the order of these. Against changes that
/// are forgotten, not against those that are hidden. Line ends count as line feeds, since git changes them.
pub(crate) fn digest<'a>(files: impl Iterator<Item = (&'a str, &'a [u8])>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325;
    let mut add = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    for (path, bytes) in files {
        path.bytes().chain([0]).for_each(&mut add);
        let mut bytes = bytes.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if byte != b'\r' || bytes.peek() != Some(&b'\n') {
                add(byte);
            }
        }
        // No text has this byte.
        add(0xff);
    }
    hash
}
