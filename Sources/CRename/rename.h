/* glibc declares renameat2 only under _GNU_SOURCE, which Swift's importer does not set. */
#ifndef EQUIPOISE_RENAME_H
#define EQUIPOISE_RENAME_H

int renameat2(int olddirfd, const char *oldpath, int newdirfd, const char *newpath, unsigned int flags);

/* linux/fs.h */
static const unsigned int EQUIPOISE_RENAME_EXCHANGE = 1u << 1;

#endif
