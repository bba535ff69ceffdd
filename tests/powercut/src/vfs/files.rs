//! What SQLite does with an open file.

use std::{
    ffi::{c_int, c_void},
    mem, ptr, slice,
};

use rusqlite::ffi;

use super::{SECTOR, Slot, opened, perform, size};
use crate::{drive::lock, image::Operation};

pub(super) unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: the box `open` made; SQLite closes a file once.
    drop(unsafe { Box::from_raw((*file.cast::<Slot>()).open) });
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let state = opened(file);
    // SAFETY: SQLite's buffer has this length.
    let into = unsafe { slice::from_raw_parts_mut(into.cast::<u8>(), size(length.into())) };
    let disk = lock(&state.disk);
    let Some(contents) = disk.image().contents(state.file) else {
        return ffi::SQLITE_IOERR_READ;
    };
    if contents.read(size(offset), into) < into.len() {
        return ffi::SQLITE_IOERR_SHORT_READ;
    }
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    length: c_int,
    offset: ffi::sqlite3_int64,
) -> c_int {
    let state = opened(file);
    // SAFETY: SQLite's buffer has this length.
    let bytes = unsafe { slice::from_raw_parts(from.cast::<u8>(), size(length.into())) };
    let operation = Operation::Write {
        file: state.file,
        offset: size(offset),
        bytes: bytes.into(),
    };
    perform(&state.disk, operation, ffi::SQLITE_IOERR_WRITE)
}

pub(super) unsafe extern "C" fn truncate(
    file: *mut ffi::sqlite3_file,
    length: ffi::sqlite3_int64,
) -> c_int {
    let state = opened(file);
    let operation = Operation::Truncate {
        file: state.file,
        length: size(length),
    };
    perform(&state.disk, operation, ffi::SQLITE_IOERR_TRUNCATE)
}

pub(super) unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    let state = opened(file);
    let operation = Operation::Sync { file: state.file };
    let answer = perform(&state.disk, operation, ffi::SQLITE_IOERR_FSYNC);
    if answer == ffi::SQLITE_OK && mem::take(&mut state.directory_unsynced) {
        // As in `unixSync`, which does not ask whether this has failed.
        perform(&state.disk, Operation::SyncDirectory, ffi::SQLITE_OK);
    }
    answer
}

pub(super) unsafe extern "C" fn file_size(
    file: *mut ffi::sqlite3_file,
    answer: *mut ffi::sqlite3_int64,
) -> c_int {
    let state = opened(file);
    let length = lock(&state.disk)
        .image()
        .contents(state.file)
        .map_or(0, |it| it.length());
    // SAFETY: SQLite's own variable.
    unsafe { *answer = i64::try_from(length).unwrap_or(i64::MAX) };
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn set_lock(_: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn check_reserved_lock(
    _: *mut ffi::sqlite3_file,
    answer: *mut c_int,
) -> c_int {
    // SAFETY: SQLite's own variable.
    unsafe { *answer = 0 };
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    SECTOR
}

pub(super) unsafe extern "C" fn device_characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    if opened(file).powersafe {
        ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
    } else {
        0
    }
}

pub(super) unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    length: c_int,
    extend: c_int,
    answer: *mut *mut c_void,
) -> c_int {
    let state = opened(file);
    let region = size(region.into());
    while extend != 0 && state.shared.len() <= region {
        let words = size(length.into()).div_ceil(mem::size_of::<u64>());
        state.shared.push(vec![0; words].into_boxed_slice());
    }
    let found = state.shared.get_mut(region);
    // SAFETY: SQLite's own variable; a boxed region does not move while it is mapped.
    unsafe { *answer = found.map_or(ptr::null_mut(), |it| it.as_mut_ptr().cast()) };
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn shm_lock(
    _: *mut ffi::sqlite3_file,
    _: c_int,
    _: c_int,
    _: c_int,
) -> c_int {
    ffi::SQLITE_OK
}

pub(super) unsafe extern "C" fn shm_barrier(_: *mut ffi::sqlite3_file) {}

pub(super) unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    opened(file).shared.clear();
    ffi::SQLITE_OK
}
