import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { unitName } from '@linli/shared/estate';
import { CLAIM_STATUS_NAMES, ROLE_NAMES, type ClaimStatus, type EstateRole } from '@linli/shared/identity';
import { Clock } from '../../../kernel/clock/clock.ts';
import { FieldCipher } from '../../../kernel/crypto/index.ts';
import type { Reader, Transaction } from '../../../kernel/database/index.ts';
import { DiscardFiles } from '../../../kernel/files/index.ts';
import { PersonalData } from '../../../kernel/privacy/personal-data.ts';
import { ClaimEvidenceService } from '../claims/claim-evidence.service.ts';
import { ClaimsRepository, type ClaimRow } from '../claims/claims.repository.ts';
import { PersonsRepository } from '../persons.repository.ts';

const MOST_ROWS = 1000;

/** What this feature keeps about a person, for export and closure. */
@Injectable()
export class IdentityRecords implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly data: PersonalData,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(PersonsRepository) private readonly persons: PersonsRepository,
    @Inject(ClaimsRepository) private readonly claims: ClaimsRepository,
    @Inject(ClaimEvidenceService) private readonly evidence: ClaimEvidenceService,
    @Inject(DiscardFiles) private readonly files: DiscardFiles,
  ) {}

  onModuleInit(): void {
    this.data.register(
      {
        title: '账号',
        purpose: '登录和联系您；注销后删除',
        rows: (reader, personId) => this.account(reader, personId),
        erase: (tx, personId) => this.eraseAccount(tx, personId),
      },
      {
        title: '名册上的登记',
        purpose: '业主大会计票和计费；依法随名册保存，注销后不再和账号关联',
        rows: (reader, personId) => this.roll(reader, personId),
        erase: (tx, personId) => this.leaveHomes(tx, personId),
      },
      {
        title: '我的房屋',
        purpose: '决定您能看到什么；注销后停用',
        rows: (reader, personId) => this.homes(reader, personId),
      },
      {
        title: '任职',
        purpose: '说明谁以什么身份办过事；依法保存',
        rows: (reader, personId) => this.offices(reader, personId),
      },
      {
        title: '房屋认领',
        purpose: '核实您和房屋的关系；证明材料在处理后 30 天删除',
        rows: (reader, personId) => this.claimsOf(reader, personId),
        erase: (tx, personId) => this.eraseClaims(tx, personId),
      },
      {
        title: '登录的设备',
        purpose: '让您发现别人的登录；过期 30 天后或注销后删除',
        rows: (reader, personId) =>
          reader.rows(
            `SELECT device, created_at AS signedInAt, last_seen_at AS lastSeenAt, revoked_at AS endedAt
             FROM sessions WHERE person_id = ? ORDER BY id DESC LIMIT ${MOST_ROWS}`,
            [personId],
          ),
        erase: async (tx, personId) => {
          await tx.run('DELETE FROM sessions WHERE person_id = ?', [personId]);
        },
      },
      {
        title: '上传的文件',
        purpose: '随所在的投诉、凭证或认领保存；没有提交的在注销后删除',
        rows: (reader, personId) =>
          reader.rows(
            `SELECT original_name AS name, purpose, bytes, created_at AS uploadedAt
             FROM files WHERE uploader_id = ? ORDER BY id DESC LIMIT ${MOST_ROWS}`,
            [personId],
          ),
        erase: (tx, personId) => this.eraseLooseFiles(tx, personId),
      },
    );
  }

  private async account(reader: Reader, personId: string): Promise<object[]> {
    const person = await this.persons.byId(reader, personId);
    const dates = await reader.row<{ created_at: number; privacy_accepted_at: number | null }>(
      'SELECT created_at, privacy_accepted_at FROM persons WHERE id = ?',
      [personId],
    );
    if (person === null || dates === null) return [];
    return [
      {
        name: person.name,
        phone: person.phone,
        wechatBound: person.openid !== null,
        createdAt: dates.created_at,
        privacyVersion: person.privacyVersion,
        privacyAcceptedAt: dates.privacy_accepted_at,
      },
    ];
  }

  private async eraseAccount(tx: Transaction, personId: string): Promise<void> {
    const person = await this.persons.byId(tx, personId);
    if (person?.phone !== undefined && person.phone !== null)
      await tx.run('DELETE FROM sms_codes WHERE phone_index = ?', [this.persons.phoneIndex(person.phone)]);
    // Answers that are kept for repeated submits may hold names.
    await tx.run('DELETE FROM idempotency_keys WHERE person_id = ?', [personId]);
  }

  private async roll(reader: Reader, personId: string): Promise<object[]> {
    const rows = await reader.rows<{
      id: string;
      name_sealed: string;
      phones_sealed: string | null;
      id_last4_sealed: string | null;
      estate: string;
    }>(
      `SELECT o.id, o.name_sealed, o.phones_sealed, o.id_last4_sealed, e.name AS estate
       FROM owners o JOIN estates e ON e.id = o.estate_id WHERE o.person_id = ? LIMIT ${MOST_ROWS}`,
      [personId],
    );
    return rows.map((row) => {
      const open = (column: string, sealed: string) =>
        this.cipher.open(sealed, { table: 'owners', column, rowId: row.id });
      return {
        estate: row.estate,
        name: open('name_sealed', row.name_sealed),
        phones:
          row.phones_sealed === null
            ? []
            : (JSON.parse(open('phones_sealed', row.phones_sealed)) as string[]),
        idLast4: row.id_last4_sealed === null ? null : open('id_last4_sealed', row.id_last4_sealed),
      };
    });
  }

  /** The roll stays as it is; the account no longer stands behind it. */
  private async leaveHomes(tx: Transaction, personId: string): Promise<void> {
    const now = this.clock.now();
    await tx.run('UPDATE owners SET person_id = NULL WHERE person_id = ?', [personId]);
    await tx.run(
      'UPDATE residencies SET ends_at = ? WHERE person_id = ? AND (ends_at IS NULL OR ends_at > ?)',
      [now, personId, now],
    );
    await tx.run(
      'UPDATE invitations SET revoked_at = ? WHERE invited_by = ? AND accepted_at IS NULL AND revoked_at IS NULL',
      [now, personId],
    );
    // Proposals for an office that nobody confirmed.
    await tx.run('DELETE FROM memberships WHERE person_id = ? AND confirmed_at IS NULL', [personId]);
  }

  private async homes(reader: Reader, personId: string): Promise<object[]> {
    const rows = await reader.rows<{
      estate: string;
      building: string;
      entrance: string;
      room: string;
      kind: EstateRole;
      starts_at: number;
      ends_at: number | null;
    }>(
      `SELECT e.name AS estate, b.name AS building, u.entrance, u.room, r.kind, r.starts_at, r.ends_at
       FROM residencies r JOIN units u ON u.id = r.unit_id JOIN buildings b ON b.id = u.building_id
       JOIN estates e ON e.id = r.estate_id WHERE r.person_id = ? ORDER BY r.id LIMIT ${MOST_ROWS}`,
      [personId],
    );
    return rows.map((row) => ({
      estate: row.estate,
      home: unitName(row),
      as: ROLE_NAMES[row.kind],
      since: row.starts_at,
      until: row.ends_at,
    }));
  }

  private async offices(reader: Reader, personId: string): Promise<object[]> {
    const rows = await reader.rows<{
      organisation: string;
      estate: string | null;
      role: EstateRole;
      starts_on: string;
      ends_on: string | null;
    }>(
      `SELECT o.name AS organisation, e.name AS estate, m.role, m.starts_on, m.ends_on FROM memberships m
       JOIN organisations o ON o.id = m.organisation_id LEFT JOIN estates e ON e.id = m.estate_id WHERE m.person_id = ? ORDER BY m.id LIMIT ${MOST_ROWS}`,
      [personId],
    );
    return rows.map(({ organisation, estate, role, starts_on, ends_on }) => ({
      organisation,
      estate,
      as: ROLE_NAMES[role],
      startsOn: starts_on,
      endsOn: ends_on,
    }));
  }

  private async claimsOf(reader: Reader, personId: string): Promise<object[]> {
    const rows: ClaimRow[] = await this.claims.ofPerson(reader, personId, undefined, MOST_ROWS);
    return rows.map((row) => {
      const claim = this.claims.toClaim(row, true);
      return {
        estate: claim.estateName,
        home: claim.unitName,
        as: ROLE_NAMES[claim.kind],
        name: claim.claimantName,
        note: claim.note,
        photos: claim.evidenceCount,
        status: CLAIM_STATUS_NAMES[claim.status],
        reason: claim.reason,
        createdAt: claim.createdAt,
        decidedAt: claim.decidedAt,
      };
    });
  }

  /** What waits is withdrawn, and no photo of a certificate outlives the account. */
  private async eraseClaims(tx: Transaction, personId: string): Promise<void> {
    const claims = await tx.rows<{ id: string; status: ClaimStatus }>(
      'SELECT id, status FROM claims WHERE person_id = ? ORDER BY id',
      [personId],
    );
    for (const { id, status } of claims) {
      if (status === 'PENDING')
        await this.claims.settle(tx, id, {
          status: 'WITHDRAWN',
          reason: null,
          by: personId,
          at: this.clock.now(),
        });
      await this.evidence.deleteNow(tx, id);
      await this.claims.forgetName(tx, id);
    }
  }

  private async eraseLooseFiles(tx: Transaction, personId: string): Promise<void> {
    const loose = await tx.rows<{ id: string }>(
      'SELECT id FROM files WHERE uploader_id = ? AND attached = 0 ORDER BY id',
      [personId],
    );
    await this.files.discardLoose(
      tx,
      loose.map((row) => row.id),
    );
  }
}
