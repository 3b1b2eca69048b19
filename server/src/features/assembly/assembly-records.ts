import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { FieldCipher } from '../../kernel/crypto/index.ts';
import type { Reader } from '../../kernel/database/index.ts';
import { PersonalData } from '../../kernel/privacy/personal-data.ts';
import { openVotes } from './ballots/ballot-votes.ts';

const MOST_ROWS = 1000;

/** What this feature keeps about a person, for the export of one's own data. Ballots are statutory: none is erased. */
@Injectable()
export class AssemblyRecords implements OnModuleInit {
  constructor(
    @Inject(PersonalData) private readonly data: PersonalData,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  onModuleInit(): void {
    this.data.register({
      title: '我的投票',
      purpose: '业主大会计票，法律允许业主申请撤销决定；决定失效后三年',
      rows: (reader, personId) => this.ballots(reader, personId),
    });
    this.data.register({
      title: '我参选业委会',
      purpose: '候选人公示、计票和任职，随业主大会记录保存',
      rows: (reader, personId) => candidacies(reader, personId),
    });
    this.data.register({
      title: '我的联名签名',
      purpose: '核对联名人数，随业主大会记录保存',
      rows: (reader, personId) => signatures(reader, personId),
    });
  }

  private async ballots(reader: Reader, personId: string): Promise<object[]> {
    const rows = await reader.rows<{
      id: string;
      assembly: string;
      channel: string;
      received_at: number;
      votes_sealed: string;
    }>(
      `SELECT b.id, a.title AS assembly, b.channel, b.received_at, b.votes_sealed
       FROM (SELECT id FROM ballots WHERE person_id = ? AND channel = 'ONLINE'
         UNION SELECT w.id FROM owners o JOIN assembly_roll_owners v ON v.owner_id = o.id
         JOIN ballots w ON w.principal_id = v.principal_id AND w.cast_by = o.id AND w.channel = 'PAPER'
         WHERE o.person_id = ?) own
       JOIN ballots b ON b.id = own.id JOIN assemblies a ON a.id = b.assembly_id
       ORDER BY b.assembly_id DESC, b.id DESC LIMIT ${MOST_ROWS}`,
      [personId, personId],
    );
    const votes = rows.map((row) => openVotes(this.cipher, row.id, row.votes_sealed));
    const titles = await this.motionTitles(reader, [...new Set(votes.flatMap(Object.keys))]);
    return rows.map((row, index) => ({
      assembly: row.assembly,
      channel: row.channel,
      castAt: row.received_at,
      votes: Object.entries(votes[index] ?? {}).map(([motionId, choice]) => ({
        motion: titles.get(motionId) ?? '',
        choice,
      })),
    }));
  }

  private async motionTitles(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await reader.rows<{ id: string; title: string }>(
      `SELECT id, title FROM assembly_motions WHERE id IN (${ids.map(() => '?').join(', ')})`,
      ids,
    );
    return new Map(rows.map((row) => [row.id, row.title]));
  }
}

function candidacies(reader: Reader, personId: string): Promise<object[]> {
  return reader.rows<{ statement: string; state: string; result: string | null; nominatedAt: number }>(
    `SELECT statement, state, result, nominated_at AS nominatedAt FROM election_candidates WHERE person_id = ?
     ORDER BY id DESC LIMIT ${MOST_ROWS}`,
    [personId],
  );
}

function signatures(reader: Reader, personId: string): Promise<object[]> {
  return reader.rows<{ petition: string; signedAt: number; takenBackAt: number | null }>(
    `SELECT p.title AS petition, s.signed_at AS signedAt, s.taken_back_at AS takenBackAt
     FROM petition_signatures s JOIN petitions p ON p.id = s.petition_id WHERE s.person_id = ?
     ORDER BY s.petition_id DESC LIMIT ${MOST_ROWS}`,
    [personId],
  );
}
