//! Looks at all of a backup without its key: nothing altered, nothing missing.

use std::ops::ControlFlow;

use super::{
    BackupError, Damage, Manifest, base::check, folder::Folder, head::Head, plan::behind,
    walk::Road,
};

/// Everything that is wrong, each thing once.
pub(crate) fn inspect(folder: &Folder) -> Result<Vec<Damage>, BackupError> {
    let mut damages = Vec::new();
    let mut note = |found: Result<(), BackupError>| match found {
        Err(BackupError::Damaged(damage)) => {
            if !damages.contains(&damage) {
                damages.push(damage);
            }
            Ok(())
        }
        other => other,
    };
    let head = match Head::read(folder) {
        Ok(head) => head,
        Err(error) => {
            note(Err(error))?;
            None
        }
    };
    let bases = folder.bases()?;
    if let Some(number) = head.as_ref().and_then(|head| head.base)
        && !bases.iter().any(|base| base.number == number)
    {
        note(Err(Damage::CopyMissing { number }.into()))?;
    }
    for base in bases {
        let manifest = match Manifest::read(&base.path) {
            Ok(manifest) => manifest,
            Err(error) => {
                note(Err(error))?;
                continue;
            }
        };
        for file in manifest.all_files() {
            note(check(&base.path, file))?;
        }
        // Behind older copies the changes were let go on purpose.
        if head
            .as_ref()
            .is_some_and(|head| manifest.number + 1 >= head.kept_from)
        {
            note(walk(folder, &manifest, head.as_ref()))?;
        }
    }
    Ok(damages)
}

fn walk(folder: &Folder, manifest: &Manifest, head: Option<&Head>) -> Result<(), BackupError> {
    let (segments, end) = behind(folder, manifest, head)?;
    let road = Road {
        stream: &manifest.stream,
        number: manifest.number,
        chain: manifest.chain,
        segments: &segments,
        end,
    };
    road.walk(|_, _| Ok(ControlFlow::Continue(()))).map(drop)
}
