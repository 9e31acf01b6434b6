
/// Checks that a directory exists.
fn existing_directory(path: PathBuf) -> Result<PathBuf, String> {
    match path.metadata() {
        Ok(found) if found.is_dir() => Ok(path),
        Ok(_) => Err("expected a directory, found a file".to_owned()),
        Err(error) => Err(format!("expected an existing directory ({error})")),
    }
}
