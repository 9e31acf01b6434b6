//! Checks that generated code is up to date with its spec, in a build script that doesn't run the
//! generator:
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
use std::path::{Path, PathBuf};

/// How deep directories may be nested.
const MAX_DEPTH: usize = 32;

/// Stops the build if the generated code is not up to date with the spec, with a message that shows
/// which command to run. A package without its spec, such as one from crates.io, is not checked.
///
/// # Panics
///
/// If the spec or the code can't be read.
pub fn check(spec: &str, code: &str) {
    println!("cargo::rerun-if-changed={spec}");
    println!("cargo::rerun-if-changed={code}");
    if !Path::new(spec).exists() {
        return;
    }
    if let Some(directory) = shared_sets(Path::new(spec)) {
        println!("cargo::rerun-if-changed={}", directory.display());
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
    eprintln!("error: `{code}` is not up to date with the spec `{spec}`");
    eprintln!(
        "help: run `clapspec generate {spec} --out {}`",
        directory.display()
    );
    std::process::exit(1);
}

/// Reads the files of a spec, by their paths in its directory, with `/`.
fn files(spec: &Path) -> io::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let program = match spec.is_dir() {
        true => spec.join("cli.yaml"),
        false => spec.to_owned(),
    };
    files.insert("cli.yaml".to_owned(), fs::read(program)?);
    if spec.is_dir() {
        // Only the files of commands may be in nested directories.
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
    if let Some(directory) = shared_sets(spec) {
        add(&directory, "sets-from", ".yaml", 0, &mut files)?;
    }
    Ok(files)
}

/// Returns the directory of the sets that a program shares with others.
pub(crate) fn shared_sets(spec: &Path) -> Option<PathBuf> {
    let program = match spec.is_dir() {
        true => spec.join("cli.yaml"),
        false => spec.to_owned(),
    };
    let text = fs::read_to_string(&program).ok()?;
    let path = sets_from(&text)?.1;
    Some(program.parent()?.join(path))
}

/// Finds the key `sets-from` in the program's file, without a YAML parser. Returns the position of its
/// value, and the value.
pub(crate) fn sets_from(text: &str) -> Option<(usize, &str)> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if let Some(rest) = line.strip_prefix("sets-from:") {
            let value = rest.split(" #").next().unwrap_or_default().trim();
            let bare = value.trim_matches(['"', '\'']);
            let at = rest.find(bare).filter(|_| !bare.is_empty())?;
            return Some((start + line.len() - rest.len() + at, bare));
        }
        start += line.len();
    }
    None
}

/// Adds the files of a directory whose names have this suffix, without hidden ones. Subdirectories are
/// searched to this depth.
fn add(
    directory: &Path,
    prefix: &str,
    suffix: &str,
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
        let path_in_spec = format!("{prefix}/{name}");
        if name.starts_with('.') {
            continue;
        } else if name.ends_with(suffix) {
            files.insert(path_in_spec, fs::read(path)?);
        } else if depth > 0 {
            add(&path, &path_in_spec, suffix, depth - 1, files)?;
        }
    }
    Ok(())
}

/// Computes a digest (64-bit FNV-1a) of files and their paths. It detects accidental differences, but
/// isn't secure against deliberate ones. All line endings count as line feeds, since git may convert
/// them.
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
        // This byte never occurs in UTF-8.
        add(0xff);
    }
    hash
}
