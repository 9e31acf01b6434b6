
/// Checks that a path exists.
fn existing_path(path: PathBuf) -> Result<PathBuf, String> {
    match path.metadata() {
        Ok(_) => Ok(path),
        Err(error) => Err(format!("expected an existing path ({error})")),
    }
}
