
/// Checks that a file exists.
fn existing_file(path: PathBuf) -> Result<PathBuf, String> {
    match path.metadata() {
        Ok(found) if found.is_dir() => Err("expected a file, found a directory".to_owned()),
        Ok(_) => Ok(path),
        Err(error) => Err(format!("expected an existing file ({error})")),
    }
}
