
/// Checks that nothing exists at a path.
fn new_path(path: PathBuf) -> Result<PathBuf, String> {
    match path.symlink_metadata() {
        Ok(_) => Err("expected a path that doesn't exist yet".to_owned()),
        Err(_) => Ok(path),
    }
}
