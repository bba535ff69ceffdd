#!/bin/sh
# The tools that make and play images, of one Debian release whatever the machine's own is, in a
# folder of their own: `tools.sh FOLDER` makes it, `tools.sh FOLDER run SHARED COMMAND…` runs a
# command there, with the folder SHARED at its own place.
set -eu
tools=$1
release=trixie
packages=apt-utils,ca-certificates,cpio,cryptsetup-bin,debian-archive-keyring,dosfstools,e2fsprogs,gpgv,kmod,mkosi,mtools,openssl,ovmf,python3,python3-cryptography,python3-pefile,qemu-system-x86,qemu-utils,sbsigntool,squashfs-tools,swtpm,swtpm-tools,systemd,systemd-boot-efi,systemd-boot-tools,systemd-container,systemd-cryptsetup,systemd-repart,systemd-ukify,tpm2-tools,xz-utils,zstd

if [ $# = 1 ]; then
    if [ "$(cat "$tools.made" 2> /dev/null)" != "$release $packages" ]; then
        rm -rf "$tools"
        # Wherever this machine has Debian from.
        mirror=$(apt-get indextargets --format '$(SITE) $(LABEL)' | sed -n 's/ Debian$//p' | head -n 1)
        echo "installing: the tools that make images ($release, from the machine's own mirror)"
        mmdebstrap --quiet --variant=apt --mode=root --aptopt='APT::Install-Recommends "false"' \
            --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/man/*' \
            --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
            --include="$packages" "$release" "$tools" "$mirror"
        echo "$release $packages" > "$tools.made"
    fi
    exit 0
fi
shift 2
shared=$1
shift
# mkosi makes name spaces of its own, which only the root of a real mount tree may.
# shellcheck disable=SC2016
exec unshare --mount --propagation private sh -c '
    tools=$1 shared=$2; shift 2
    mount --rbind "$tools" "$tools"
    for folder in proc sys dev tmp run; do mount --rbind "/$folder" "$tools/$folder"; done
    mkdir -p "$tools$shared" "$tools/oldroot"
    mount --rbind "$shared" "$tools$shared"
    cd "$tools"
    pivot_root . oldroot
    umount -l /oldroot
    cd "$shared"
    export PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
    exec "$@"' tools "$tools" "$shared" "$@"
