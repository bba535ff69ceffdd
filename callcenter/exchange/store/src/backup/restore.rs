//! Puts a backup where an exchange can start from it.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Component, Path, PathBuf},
};

use super::{
    BackupError, Damage, Identity, Until,
    base::STORE_NAME,
    checked_file::name,
    error::failed,
    folder::{Folder, make_private, moment},
    plan::Plan,
    rebuild::{Rebuilt, rebuild, unseal},
};
use crate::{Store, Survey};

/// What is to be restored.
pub struct Restore<'a> {
    pub backup: &'a Path,
    /// Where the exchange's data goes: nothing may be there yet.
    pub data: &'a Path,
    pub identity: &'a Identity,
    pub until: Until,
    /// Where the backup is damaged, take what is whole before the damage.
    pub salvage: bool,
}

/// What was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The last change in it.
    pub number: u64,
    /// When that was archived, UTC.
    pub at: String,
    /// The whole copy it began with.
    pub base: String,
    pub survey: Survey,
    /// What was wrong with the backup; empty unless salvaged.
    pub damages: Vec<Damage>,
    /// Something half written, which nobody was told of, was left out.
    pub unconfirmed: bool,
}

/// Restores and looks whether the result is sound; on any failure nothing is left
/// behind.
///
/// # Errors
/// When there is something already, the key is another one, the backup is damaged
/// (unless it is to be salvaged) or does not go there.
pub fn restore(order: &Restore<'_>) -> Result<Restored, BackupError> {
    let data = order.data;
    match fs::read_dir(data) {
        Ok(mut entries) => match entries.next() {
            Some(_) => return Err(BackupError::NotEmpty(data.to_path_buf())),
            None => fs::remove_dir(data).map_err(failed("replace", data))?,
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(failed("read", data)(error)),
    }
    let unfinished = unfinished(data);
    clear(&unfinished)?;
    make_private(&unfinished)?;
    let restored = restore_to(order, &unfinished).and_then(|restored| {
        fs::rename(&unfinished, data)
            .and_then(|()| durable::sync_folder_of(data))
            .map_err(failed("put into place", data))?;
        Ok(restored)
    });
    if restored.is_err() {
        clear(&unfinished)?;
    }
    restored
}

fn restore_to(order: &Restore<'_>, to: &Path) -> Result<Restored, BackupError> {
    let folder = Folder::open(order.backup)?;
    let store = to.join(STORE_NAME);
    let (plan, rebuilt) = rebuilt(order, &folder, &store)?;
    if let (Some(damage), false) = (plan.damages.first(), order.salvage) {
        return Err(damage.clone().into());
    }
    for file in &plan.manifest.files {
        let path = Path::new(&file.path);
        if !path
            .components()
            .all(|it| matches!(it, Component::Normal(_)))
        {
            let file = name(&plan.base);
            return Err(Damage::Altered { file }.into());
        }
        let path = to.join(path);
        make_private(path.parent().unwrap_or(to))?;
        unseal(&plan, order.identity, file, &path)?;
        fs::set_permissions(&path, Permissions::from_mode(file.mode))
            .map_err(failed("set the mode of", path))?;
    }
    // This release's own code opens it, and brings it to this release's form.
    drop(Store::open(&store)?);
    let (survey, faults) = Survey::of(&store)?;
    if let Some(fault) = faults.first() {
        return Err(BackupError::Unsound(fault.to_string()));
    }
    if let Some(lacking) = plan.manifest.survey.lacking(&store)?.first() {
        return Err(BackupError::Unsound(lacking.clone()));
    }
    Ok(Restored {
        number: rebuilt.number,
        at: moment(rebuilt.at, "%Y-%m-%dT%H:%M:%SZ"),
        base: name(&plan.base),
        survey,
        damages: plan.damages,
        unconfirmed: rebuilt.unconfirmed,
    })
}

/// Salvaging goes back to an older whole copy when the newest is damaged: the
/// changes behind it lead as far.
fn rebuilt(
    order: &Restore<'_>,
    folder: &Folder,
    store: &Path,
) -> Result<(Plan, Rebuilt), BackupError> {
    let (mut below, mut damages) = (None, Vec::<Damage>::new());
    loop {
        let made = match Plan::make(folder, order.until, below) {
            // There is no older one.
            Err(_) if !damages.is_empty() => return Err(damages.swap_remove(0).into()),
            made => made,
        };
        let mut plan = made?;
        match rebuild(&mut plan, order.identity, order.until, store) {
            Err(BackupError::Damaged(damage)) if order.salvage => {
                below = Some(plan.manifest.number);
                damages.push(damage);
            }
            Err(error) => return Err(error),
            Ok(rebuilt) => {
                for damage in damages {
                    if !plan.damages.contains(&damage) {
                        plan.damages.push(damage);
                    }
                }
                return Ok((plan, rebuilt));
            }
        }
    }
}

/// Beside its place, so that one rename puts all of it there.
fn unfinished(data: &Path) -> PathBuf {
    let mut name = data.file_name().unwrap_or_default().to_owned();
    name.push(".unfinished");
    data.with_file_name(name)
}

fn clear(folder: &Path) -> Result<(), BackupError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(failed("remove", folder)(error))
        }
        Ok(()) | Err(_) => Ok(()),
    }
}
